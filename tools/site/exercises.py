"""An exercise on its page: the task, two commands, hint and solution.

`{{ exercise("multi-head") }}` puts it there. The task is that of the page's
front matter; the solution is the file that the tests run.
"""

from __future__ import annotations

import re
from functools import cache

from qkv_explained.course.exercises import files
from qkv_explained.languages import PIVOT, words
from tools.refresh import exercises


@cache
def _tasks() -> dict[str, dict[str, dict[str, str]]]:
    return exercises.tasks()


def markdown(name: str, lang: str) -> str:
    """The Markdown of an exercise.

    Args:
        name: The topic.
        lang: The language of the page.

    Returns:
        A block that stands by itself; its code is `blocks` below.

    Raises:
        ValueError: If the page has no `exercise:` in its front matter, or
            lacks the text of a function.
    """
    text = _tasks().get(name, {}).get(lang)
    if not text:
        raise ValueError(
            f"exercise {name!r}: the page's front matter has no `exercise:`")
    lacks = {"task", "hint", *files.functions(name)} - set(text)
    if lacks:
        raise ValueError(f"exercise {name!r}: the front matter lacks "
                         f"exercise.{sorted(lacks)[0]}")
    said = words(lang)["exercise"]["card"]
    colon = words(lang)["habits"]["colon"]
    commands, solution = blocks(name, lang)
    parts = "\n".join(f"- `{one}`{colon}{_plain(text[one])}"
                      for one in files.functions(name))
    return f"""
<div class="exercise" markdown="1">

{_plain(text["task"])}

{parts}

{said["begin"]}

``` {{ .bash .no-run title="{said["not_run"]}" }}
{commands}
```

<details class="quiet" data-search-exclude markdown="1">
<summary>{said["hint"]}</summary>

{_plain(text["hint"])}

</details>
<details class="quiet" data-search-exclude markdown="1">
<summary>{said["solution"]}</summary>

```python title="{name}/solution.py"
{solution}
```

</details>
</div>
"""


def blocks(name: str, lang: str) -> tuple[str, str]:
    """The code of an exercise: the two commands, and the solution."""
    own = "" if lang == PIVOT else f" --lang {lang}"
    file = f"{name.replace('-', '_')}.py"
    run = "python -m qkv_explained"
    commands = (f"{run} exercise {name}{own}\n"
                f"{run} check {name} {file}{own}")
    return commands, files.solution(name).strip("\n")


def _plain(text: str) -> str:
    """A text as it is, without what Markdown would read into it."""
    return re.sub(r"([*_<>\[\]`|])", r"\\\1", " ".join(text.split()))
