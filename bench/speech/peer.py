"""Seconds that sea-g2p needs for the lines of a file, one by one on one thread, as JSON."""

import json
import sys
import time

from sea_g2p import Normalizer

normalizer = Normalizer()
with open(sys.argv[1], encoding="utf-8") as file:
    lines = file.read().splitlines()
for line in lines:
    normalizer.normalize(line)
began = time.perf_counter()
for line in lines:
    normalizer.normalize(line)
print(json.dumps({"seconds": time.perf_counter() - began}))
