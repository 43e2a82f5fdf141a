"""Corpora of names and of coreference as labelled words (see ../shared/data/*/PROVENANCE.txt).

names: wikigold, UNER English-EWT (dev and test), re3d without BBC, WikiEvents (dev and test), GUM (open
genres), ECB+; chains: GUM, MEANTIME, WikiEvents, ECB+.
Reports of `tests/labels/statements.jsonl` are left out: the reader is measured on them.
"""

import csv
import json
import re
import xml.etree.ElementTree
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from batches import chain_targets, reading_windows, tensors
from corpus import SHARED, Article, joined, lines
from features import document, words_in

DATA = SHARED / "data"
LABELLED = Path(__file__).resolve().parents[1] / "tests" / "labels" / "statements.jsonl"
# First labels of network.NAMES; the label behind each goes on with the same name.
KINDS = {"PER": 1, "Person": 1, "PERSON": 1, "ORG": 3, "Organisation": 3, "GPE": 5, "LOC": 5, "FAC": 5,
         "Location": 5, "MISC": 7, "OTH": 7, "Nationality": 7, "person": 1, "organization": 3, "place": 5,
         "object": 7, "abstract": 7, "event": 7, "HUMAN_PART_PER": 1, "HUMAN_PART_ORG": 3, "HUMAN_PART_GPE": 5,
         "LOC_GEO": 5, "LOC_FAC": 5}
# Titles that belong to the name in some corpora and not in others: here they never do.
TITLES = set("""President Mr. Mrs. Ms. Mr Mrs Ms Dr. Dr Senator Sen. Judge Justice Prime Minister King Queen Sir
    Prof. Professor Lord Lady Pope General Gen. Captain Capt. Colonel Col. Lieutenant Lt. Sergeant Sgt. Major
    Secretary Governor Gov. Representative Rep. Detective Officer Chief Coach Attorney Mayor""".split())

# Small words inside the names of organisations and of places.
JOINTS = {KINDS["ORG"]: ("of", "for", "and", "the"), KINDS["LOC"]: ("of", "the")}


def name_around(words, proper, first, last, at, kind):
    """The name that holds word `at` inside words first..=last: the run of proper words around it, with what
    a joint adds to it; no article, no title. None if nothing is left."""
    begin = end = at
    while begin > first and proper[begin - 1]:
        begin -= 1
    while end < last and proper[end + 1]:
        end += 1
    if kind in JOINTS:
        joint = end + 1
        while joint < last and words[joint] in JOINTS[kind]:
            joint += 1
        if joint > end + 1 and joint <= last and proper[joint]:
            end = joint
            while end < last and proper[end + 1]:
                end += 1
    while begin <= end and (words[begin] in ("The", "A", "An") or kind == KINDS["PER"] and words[begin] in TITLES):
        begin += 1
    return (begin, end) if begin <= end else None


def labelled(name, text, names=None, chains=None, unsure=()):
    """An article with name labels from (begin, end, B label) and chains of (begin, end), in characters.
    Of the words in `unsure` that are in no name, nothing is said."""
    doc = document(text)
    labels = None
    if names is not None:
        labels = np.zeros(doc.n_words, np.int64)
        for b, e in unsure:
            first, last = words_in(doc, b, e)
            labels[first:last] = -100
        for b, e, kind in sorted(names, key=lambda n: n[0] - n[1], reverse=True):
            first, last = words_in(doc, b, e)
            labels[first:last] = kind + 1
            labels[first:first + 1] = kind
    words = []
    for chain in chains or []:
        mentions = sorted({words_in(doc, b, e) for b, e in chain})
        words.append([m for m in mentions if m[0] < m[1]])
    return Article(name, text, doc, [], np.full(doc.n_words, -100, np.int64), labels,
                   None if chains is None else words)


def bio_names(tags, spans):
    """Names of a BIO or IO tagged text, as (begin, end, B label)."""
    out, open_kind = [], None
    for tag, (b, e) in zip(tags, spans):
        kind = KINDS.get(tag[2:].split("-")[0]) if len(tag) > 2 else None
        if kind and (tag[0] == "B" or kind != open_kind):
            out.append([b, e, kind])
        elif kind:
            out[-1][1] = e
        open_kind = kind
    return out


def wikigold():
    docs, sentence = [[]], []
    for line in open(DATA / "ner_open/wikigold/wikigold.conll.txt", encoding="utf-8"):
        cells = line.split()
        if cells and cells[0] != "-DOCSTART-":
            sentence.append(cells)
        elif sentence:
            docs[-1].append(sentence)
            sentence = []
        if cells and cells[0] == "-DOCSTART-":
            docs.append([])
    for n, sentences in enumerate(d for d in docs if d):
        text, spans = joined([[c[0] for c in s] for s in sentences])
        yield labelled(f"wikigold-{n}", text, bio_names([c[1] for s in sentences for c in s], spans))


def uner():
    for split in ("dev", "test"):
        docs = []
        for line in open(DATA / f"ner_open/uner_ewt/en_ewt-ud-{split}.iob2", encoding="utf-8"):
            if line.startswith("# newdoc"):
                docs.append([])
            elif line.startswith("# sent_id"):
                docs[-1].append([])
            elif line.strip() and line[0] != "#":
                docs[-1][-1].append(line.rstrip("\n").split("\t"))
        for n, sentences in enumerate(docs):
            text, spans = joined([[c[1] for c in s] for s in sentences])
            yield labelled(f"uner-{split}-{n}", text, bio_names([c[2] for s in sentences for c in s], spans))


def re3d(skip):
    for folder in sorted((DATA / "re3d").iterdir()):
        if not folder.is_dir() or folder.name == "BBC_Online":
            continue
        names = defaultdict(list)
        for e in lines(folder / "entities.json"):
            if e["type"] in KINDS:
                names[e["documentId"]].append((e["begin"], e["end"], KINDS[e["type"]]))
        for d in lines(folder / "documents.json"):
            if ("re3d", d["_id"]) not in skip:
                # The corpus also marks phrases without a capital ("the militants"): they are no names.
                capital = [n for n in names[d["_id"]] if any(c.isupper() for c in d["text"][n[0]:n[1]])]
                yield labelled(f"re3d-{d['_id']}", d["text"], capital)


def wikievents():
    for split in ("dev", "test"):
        chains = {c["doc_key"]: c["clusters"] for c in lines(DATA / f"wikievents/coref/{split}.jsonlines")}
        for d in lines(DATA / f"wikievents/{split}.jsonl"):
            # The offsets of the corpus drift from its text in places: the text is made from the tokens.
            text, at = joined([[t for t, _, _ in tokens] for tokens, _ in d["sentences"]])
            where = {m["id"]: (at[m["start"]][0], at[m["end"] - 1][1]) for m in d["entity_mentions"]}
            names = [(*where[m["id"]], KINDS[m["entity_type"]]) for m in d["entity_mentions"]
                     if m["entity_type"] in KINDS and all(
                         t[:1].isupper() or not t.isalpha() for t in d["tokens"][m["start"]:m["end"]])]
            found = chains.get(d["doc_id"], [])
            yield labelled(f"wikievents-{d['doc_id']}", text, names,
                           [[where[m] for m in c if m in where] for c in found])


def meantime():
    docs = defaultdict(lambda: defaultdict(list))
    for row in csv.DictReader(open(DATA / "meantime_newswcl50/meantime_en/conll.csv", encoding="utf-8")):
        docs[row["topic/subtopic_name"]][int(row["sent_id"])].append((row["token"], row["reference"]))
    for name, by_sentence in docs.items():
        sentences = [by_sentence[k] for k in sorted(by_sentence)]
        text, spans = joined([[t for t, _ in s] for s in sentences])
        chains, opened = defaultdict(list), defaultdict(list)
        for (_, reference), (b, e) in zip((t for s in sentences for t in s), spans):
            for part in (p.strip() for p in reference.split("|")):
                key = part.strip("()")
                if part == "-" or not re.search(r"(PER|ORG|LOC)\d", key):
                    continue
                if part.startswith("("):
                    opened[key].append(b)
                if part.endswith(")") and opened[key]:
                    chains[key].append((opened[key].pop(), e))
        yield labelled(f"meantime-{name}", text, None, list(chains.values()))


def gum(skip):
    """Mentions are cut behind their head ("a spokeswoman", not the clause behind it). A name is the run of
    proper nouns around the head of a mention."""
    for path in sorted((DATA / "gum").glob("*.conllu")):
        if ("gum", path.stem) in skip:
            continue
        text, tokens, glue = "", [], True
        for line in open(path, encoding="utf-8"):
            if line.startswith("# newpar") and text:
                text, glue = text + "\n\n", True
            cells = line.rstrip("\n").split("\t")
            if not cells[0].isdigit():
                continue
            text += "" if glue else " "
            tokens.append((len(text), len(text) + len(cells[1]), cells[3] == "PROPN", cells[9]))
            text += cells[1]
            glue = "SpaceAfter=No" in cells[9]
        chains, within, stack = defaultdict(list), [], []
        for n, (_, _, _, misc) in enumerate(tokens):
            entity = re.search(r"Entity=([^|]*)", misc)
            for opening, closing in re.findall(r"\(([^()]+)|(\d+)?\)", entity.group(1) if entity else ""):
                if opening:
                    key, kind, _, _, _, head = opening.split("-")[:6] if opening.count("-") >= 5 else \
                        (opening.split("-") + [""] * 6)[:6]
                    heads = [int(h) for h in re.findall(r"\d+", head)] or [1]
                    stack.append((key, kind, n, min(heads), max(heads)))
                else:
                    at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == closing), len(stack) - 1)
                    if at < 0:
                        continue
                    key, kind, first, head, last = stack.pop(at)
                    if kind in ("person", "organization", "place", "animal", "object", "abstract"):
                        chains[key].append((tokens[first][0], tokens[min(first + last - 1, n)][1]))
                    head = min(first + head - 1, n)
                    if kind in KINDS and tokens[head][2]:
                        within.append((first, n, head, KINDS[kind]))
        words, proper = [text[b:e] for b, e, _, _ in tokens], [t[2] for t in tokens]
        found = [(name_around(words, proper, *mention), mention[-1]) for mention in within]
        names = [(tokens[at[0]][0], tokens[at[1]][1], kind) for at, kind in found if at]
        yield labelled(f"gum-{path.stem}", text, names, list(chains.values()), [t[:2] for t in tokens if t[2]])


def ecb():
    """Only some sentences of an article are annotated, and in those only who takes part in an event: of
    other sentences and of other capitals nothing is learned."""
    for path in sorted((DATA / "ecb_plus/xml").glob("*/*.xml")):
        root = xml.etree.ElementTree.parse(path).getroot()
        sentences, place = defaultdict(list), {}
        for t in root.iter("token"):
            place[t.get("t_id")] = (t.get("sentence"), len(sentences[t.get("sentence")]))
            sentences[t.get("sentence")].append(t.text)
        mentions, said = {}, set()
        for m in root.find("Markables"):
            at = [place[a.get("t_id")] for a in m.iter("token_anchor")]
            if at:
                said.update(sentence for sentence, _ in at)
                mentions[m.get("m_id")] = (m.tag, at)
        kept = [k for k in sentences if k in said]
        text, spans = joined([sentences[k] for k in kept])
        begins = dict(zip(kept, np.cumsum([0] + [len(sentences[k]) for k in kept])))
        words = [text[b:e] for b, e in spans]
        capital = [w[0].isupper() for w in words]
        where, names = {}, []
        for key, (tag, at) in mentions.items():
            first, last = (begins[s] + n for s, n in (at[0], at[-1]))
            where[key] = (spans[first][0], spans[last][1])
            begun = next((t for t in range(first, last + 1) if capital[t] and words[t] != "The"), None)
            at = name_around(words, capital, first, last, begun, KINDS[tag]) if tag in KINDS and begun is not None else None
            if at:
                names.append((spans[at[0]][0], spans[at[1]][1], KINDS[tag]))
        chains = defaultdict(list)
        for relation in root.find("Relations"):
            target = relation.find("target")
            who = relation.get("note") or f"{path.stem}-{target.get('m_id') if target is not None else ''}"
            chains[who].extend(where[s.get("m_id")] for s in relation.iter("source")
                               if mentions.get(s.get("m_id"), ("",))[0].startswith(("HUMAN", "LOC")))
        yield labelled(f"ecb-{path.stem}", text, names, [c for c in chains.values() if c],
                       [at for at, is_capital in zip(spans, capital) if is_capital])


def articles():
    """All of them, in a fixed order."""
    skip = {(s["corpus"], s["doc"]) for s in lines(LABELLED)} if LABELLED.exists() else set()
    return [a for c in (wikigold(), uner(), re3d(skip), wikievents(), meantime(), gum(skip), ecb()) for a in c]


@torch.no_grad()
def summary(net, kept):
    """On texts not trained on: F1 of whole names with their kind, where there are labels; of mentions that have another one in
    their window, the share whose surest word is in one of those."""
    net.eval()
    right, found, gold, hits, asked = 0, 0, 0, 0, 0
    for a in kept:
        for w in reading_windows(a):
            t = tensors([w])
            h = net.words(net.encode(t["pieces"], t["shapes"], t["gaps"], t["keep"]), t["first"])
            if a.names is not None:
                labels = t["names"][0]
                read = net.name(h, t["keep_word"])[0].argmax(-1)
                mine, true = (names_in(torch.where(labels < 0, 0, x).tolist()) for x in (read, labels))
                right, found, gold = right + len(mine & true), found + len(mine), gold + len(true)
            targets = chain_targets([w], h.shape[1], np.random.default_rng(0))
            if targets is not None:
                where, begin, end, labels = targets
                p = torch.softmax(net.chain(h, t["keep_word"], where, begin, end), -1)[..., 1:].sum(-1)
                for k in range(len(p)):
                    p[k, begin[k]:end[k]] = 0
                answered = (labels > 0).any(1)
                best = p.argmax(1)
                hits += int((labels[torch.arange(len(p)), best] > 0)[answered].sum())
                asked += int(answered.sum())
    return f"names F1 {2 * right / max(1, found + gold):.3f}, mentions {hits / max(1, asked):.3f} of {asked}"


def names_in(labels):
    out, begin = set(), None
    for i, label in enumerate([*labels, 0]):
        if begin is not None and label != labels[begin] + 1:
            out.add((begin, i, labels[begin]))
            begin = None
        if label % 2 == 1:
            begin = i
    return out


if __name__ == "__main__":
    found = articles()
    for corpus in sorted({a.id.split("-")[0] for a in found}):
        mine = [a for a in found if a.id.split("-")[0] == corpus]
        print(corpus, len(mine), "texts", sum(a.doc.n_words for a in mine), "words",
              sum(int((a.names % 2 == 1).sum()) for a in mine if a.names is not None), "names",
              sum(len(c) > 1 for a in mine for c in a.chains or []), "chains",
              sum(len(c) == 1 for a in mine for c in a.chains or []), "single mentions")
