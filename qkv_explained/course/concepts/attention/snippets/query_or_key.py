from qkv_explained.models import sentence_model

for lang, cat, mat in (("en", 1, 5), ("zh", 0, 3), ("ru", 0, 3)):
    model = sentence_model(lang)
    tired, soft = [model(one) for one in model.recipe["running"]]
    moved = []
    for name, place in (("Q", tired["pronoun"]), ("K", cat), ("K", mat)):
        before, after = [run[f"1.{name}"][0, place] for run in (tired, soft)]
        moved.append((after - before).norm() / before.norm())
    print(lang, *(f"{share:.2f}" for share in moved))
