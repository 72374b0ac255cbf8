"""The command line: `python -m qkv_explained`."""

from qkv_explained.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
