"""The machinery of experiments: all that two of them have in common.

An experiment is an `Experiment` (`lab.experiment`): tasks, what is compared,
what is measured, and a rule that turns numbers into verdicts. All else is
here: many seeds trained at once, equal tuning, result files that go on
where they were, statistics, verdicts, the report, and the look at a file
that says whether its numbers are possible.
"""
