#!/usr/bin/env python3
"""Makes crates/audio/src/estimate/pace.tsv: how long espeak-ng takes for the parts of a Vietnamese syllable.

    scripts/voice-pace.py > crates/audio/src/estimate/pace.tsv

Reads the project's own texts aloud with each voice (`cargo run --release --example pace`), and fits the length of
each sentence to the initials and rimes in it (least squares, in milliseconds at 100 % of the pace).
"""
import glob, os, re, subprocess, sys, unicodedata

VOICES = ["vi", "vi-vn-x-central", "vi-vn-x-south"]
TONES = "\u0300\u0301\u0303\u0309\u0323"
SYLLABLE = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx])?([aăâeêioôơuưy]+)(ng|nh|ch|[cmnpt])?")


def texts():
    for path in sorted(glob.glob("crates/speech/tests/cases/*.tsv")):
        lines = [line.split("\t")[0] for line in open(path, encoding="utf-8") if "\t" in line]
        for at in range(0, len(lines), 4):
            yield ", ".join(line.rstrip(" .;:,") for line in lines[at : at + 4]) + "."
    for path in ["examples/ha-nam/plan.md", *sorted(glob.glob("examples/ha-nam/stories/*.md"))]:
        yield from (line for line in open(path, encoding="utf-8").read().split("\n") if line.strip())


def measured(voice):
    pace = ["cargo", "run", "--quiet", "--release", "-p", "loa-audio", "--example", "pace", "--", voice, "100"]
    said = subprocess.run(pace, input="\n\n".join(texts()), capture_output=True, text=True, check=True)
    for line in said.stdout.splitlines():
        length, words = line.split("\t")
        yield float(length), parts(words)


def parts(text):
    """How often each part is in a sentence; 'crates/audio/src/estimate.rs' takes it apart in the same way."""
    found = {"sentence": 1}

    def add(part, times=1):
        found[part] = found.get(part, 0) + times

    tokens = re.findall(r"[^\s,;:.!?…\"“”()\-–]+|[,;:]", text)
    for at, token in enumerate(tokens):
        if token in ",;:":
            if at + 1 < len(tokens):
                add("rest")
            continue
        plain = "".join(c for c in unicodedata.normalize("NFD", token.lower()) if c not in TONES)
        syllable = SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain))
        if syllable is None:
            add("foreign")
            add("letter", len(token))
            continue
        add("syllable")
        add("initial " + (syllable[1] or "-"))
        add("rime " + syllable[2] + (syllable[3] or ""))
    return found


def fit(sentences, ridge=3.0):
    """Weighted least squares; a part that is rare stays near the mean."""
    names = sorted({part for _, found in sentences for part in found})
    free = {"sentence", "rest", "syllable", "foreign", "letter"}
    place = {name: at for at, name in enumerate(names)}
    size = len(names)
    matrix = [[0.0] * size for _ in range(size)]
    right = [0.0] * size
    weights = 0.0
    for length, found in sentences:
        weight = 1 / length
        weights += weight / len(sentences)
        known = [(place[part], times) for part, times in found.items()]
        for at, times in known:
            right[at] += weight * times * length
            for other, more in known:
                matrix[at][other] += weight * times * more
    for name, at in place.items():
        matrix[at][at] += (1e-9 if name in free else ridge) * weights
    for at in range(size):
        pivot = matrix[at][at]
        for below in range(at + 1, size):
            share = matrix[below][at] / pivot
            if share:
                row, above = matrix[below], matrix[at]
                for column in range(at, size):
                    row[column] -= share * above[column]
                right[below] -= share * right[at]
    result = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(matrix[at][column] * result[column] for column in range(at + 1, size))
        result[at] = (right[at] - rest) / matrix[at][at]
    return dict(zip(names, result))


def main():
    os.chdir(os.path.join(os.path.dirname(__file__), ".."))
    tables = []
    for voice in VOICES:
        print(voice, file=sys.stderr)
        tables.append(fit(list(measured(voice))))
    print("# Milliseconds at 100 % of the pace, for each voice; made by scripts/voice-pace.py.")
    print("part\t" + "\t".join(VOICES))
    for name in sorted({name for table in tables for name in table}):
        print(name + "".join(f"\t{table.get(name, 0):.1f}" for table in tables))


main()
