"""Exercises that grade themselves: tasks, and the checker that names mistakes.

An exercise lies in its topic's folder, `course/concepts/<id>/exercise/`:
`solution.py` is the published solution, from which the file that a learner
starts with is made; `check.py` says what is right, and which mistakes are
known. Weights are handed to the learner's functions, so that no seed and no
order of creation is part of an answer.
"""
