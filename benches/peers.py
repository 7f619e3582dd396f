"""Peers written in Python, on the drafts that `cargo bench` left: python peers.py DIRECTORY

One JSON object a line: `peer`, and `each`, the microseconds of each draft (the median of the rounds),
or `absent` with the reason.
"""

import json
import statistics
import sys
import time
from pathlib import Path

directory = Path(sys.argv[1])
drafts = json.loads((directory / "drafts.json").read_text())[0]


def each(work, texts, rounds):
    times = [[] for _ in texts]
    for _ in range(rounds):
        for text, of_draft in zip(texts, times):
            start = time.perf_counter_ns()
            work(text)
            of_draft.append((time.perf_counter_ns() - start) / 1000)
    return [statistics.median(of_draft) for of_draft in times]


def literals(terms):
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[term.encode() for term in terms],
        ids=list(range(len(terms))),
        flags=hyperscan.HS_FLAG_CASELESS,
        elements=len(terms),
        literal=True,
    )
    texts = [draft.encode() for draft in drafts]
    return each(lambda text: database.scan(text, match_event_handler=lambda *_: None), texts, 9)


def patterns():
    from presidio_analyzer import predefined_recognizers as known

    names = "CreditCard Crypto Email Iban Ip Phone UsBank UsItin UsLicense UsPassport UsSsn Url Date"
    recognizers = [getattr(known, f"{name}Recognizer")() for name in names.split()]

    def work(text):
        for recognizer in recognizers:
            recognizer.analyze(text, recognizer.supported_entities, None)

    return each(work, drafts[:10], 3)


for peer, work in {
    "hyperscan, 10,000 terms": lambda: literals(json.loads((directory / "terms.json").read_text())),
    "hyperscan, 100,000 terms": lambda: literals(json.loads((directory / "terms100000.json").read_text())),
    "presidio-analyzer, pattern recognisers": patterns,
}.items():
    try:
        print(json.dumps({"peer": peer, "each": work()}), flush=True)
    except Exception as reason:  # whatever a peer lacks, the others are measured
        print(json.dumps({"peer": peer, "absent": f"{type(reason).__name__}: {reason}"}), flush=True)
