"""Counts in how many texts a word stands: `crates/link/src/rarity.txt`.

    python word_counts.py --to ../crates/link/src/rarity.txt

Texts are pieces of up to 600 words of PolNeAR train, MUC-4, GUM, ECB+ and WikiEvents; words that stand
in fewer than four are left out. What links reports needs to know how common a word is in news, and a
fixed table keeps that the same for every collection.
"""

import argparse
import html
import json
import re
from collections import Counter
from pathlib import Path

from corpus import SHARED

WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
PIECE, LEAST, FEWEST = 600, 60, 4


def texts():
    data = SHARED / "data"
    for line in (data / "polnear/train.text.jsonl").open():
        yield json.loads(line)["text"]
    for path in sorted((data / "muc4/raw").iterdir()):
        if not path.name.startswith("key"):
            yield from re.split(r"(?=(?:DEV|TST\d)-MUC\d-\d+)", path.read_text("latin-1"))
    for path in sorted((data / "gum").glob("*.conllu")):
        yield " ".join(re.findall(r"^# text = (.*)$", path.read_text(), re.M))
    for path in sorted((data / "ecb_plus").rglob("*.xml")):
        if "eventstory" not in str(path):
            yield html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(errors="ignore")))
    for path in sorted((data / "wikievents").glob("*.jsonl")):
        for line in path.open():
            yield json.loads(line).get("text", "")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--to", type=Path, required=True)
    to = ap.parse_args().to
    counts, n = Counter(), 0
    for text in texts():
        words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
        for at in range(0, len(words), PIECE):
            if len(words[at:at + PIECE]) >= LEAST:
                n += 1
                counts.update(set(words[at:at + PIECE]))
    kept = sorted((word, count) for word, count in counts.items() if count >= FEWEST)
    to.write_text(f"- {n}\n" + "".join(f"{word} {count}\n" for word, count in kept))


if __name__ == "__main__":
    main()
