"""The English texts on which real heads were measured.

Ten sentences of any kind; a paragraph; ten beginnings of nine or fewer words
that end in "it", with the subject second and a noun of place sixth, each word
one token of SmolLM2.
"""

SENTENCES = (
    "The cat sat on the mat because it was tired.",
    "The dog chased the ball until it was too tired to run.",
    "My sister bought a new bicycle and rode it to work every morning.",
    "The teacher gave the student a book because she wanted him to read.",
    "In the old town there is a small museum with paintings of the harbour.",
    "When the rain stopped, the children ran out and played in the street.",
    "The engineer repaired the machine, but the next day it broke again.",
    "A good cook needs sharp knives, fresh vegetables and a little patience.",
    "Nobody knew why the train was late, and nobody asked the driver.",
    "She opened the window, looked at the garden and smiled.",
)
PARAGRAPH = (
    "Rivers carry sand and stones from the mountains to the sea. Where the "
    "water is fast, it moves even large stones; where it is slow, it drops "
    "them and builds islands and beaches. Over thousands of years a river "
    "changes its bed many times. People who live on its banks know this "
    "well, because a field that was dry for a hundred years can be under "
    "water in a single night. For this reason most old towns stand a little "
    "above the river, on a hill or behind a wall, and only the mills and the "
    "harbours were built close to the water."
)
IT = tuple(
    f"The {subject} {verb} {place} because it"
    for subject, verb, place in (
        ("cat", "sat on", "the mat"), ("dog", "slept on", "the bed"),
        ("horse", "stood in", "the field"), ("bird", "landed on", "the roof"),
        ("child", "sat on", "the chair"), ("robot", "stopped at", "the door"),
        ("bear", "walked along", "the river"),
        ("mouse", "hid under", "the table"),
        ("cow", "stood near", "the fence"),
        ("lion", "lay under", "the tree"),
    )
)  # fmt: skip
ADJECTIVES = ("tired", "soft")
