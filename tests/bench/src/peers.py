"""Reads the pictures named on standard input with zxing-cpp and zbar.

One process, one thread. For each reader one line of JSON: its name, the CPU
seconds spent on all pictures (files are decoded before the clock starts), and
the texts found in each.
"""

import json
import sys
import time

import numpy
from PIL import Image


def grey(path):
    with Image.open(path) as image:
        return numpy.asarray(image.convert("L"))


def zxing():
    import zxingcpp

    names = "QRCode,MicroQRCode,DataMatrix,EAN13,EAN8,UPCA,UPCE,Code128,ITF"
    formats = zxingcpp.barcode_formats_from_str(names)
    return lambda a: [b.text for b in zxingcpp.read_barcodes(a, formats=formats, text_mode=zxingcpp.TextMode.Plain)]


def zbar():
    from pyzbar import pyzbar

    return lambda a: [b.data.decode("utf-8", "replace") for b in pyzbar.decode(a)]


pictures = [grey(line.rstrip("\n")) for line in sys.stdin]
for name, make in (("zxing-cpp", zxing), ("zbar", zbar)):
    try:
        read = make()
    except (ImportError, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        continue
    rounds = []
    for _ in range(3):
        texts = []
        start = time.process_time()
        for picture in pictures:
            try:
                texts.append(read(picture))
            except Exception:
                texts.append([])
        rounds.append(time.process_time() - start)
    print(json.dumps({"name": name, "seconds": min(rounds), "texts": texts}))
