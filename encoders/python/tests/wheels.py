"""Wheels of a few lines, so that two versions of a package need no index."""

import base64
import hashlib
import sys
import zipfile

SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


def wheel(folder, name, version, modules, requires=()):
    """Write a wheel of modules, given as their text by path."""
    information = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {each}\n" for each in requires)
    tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**modules, f"{information}/METADATA": metadata, f"{information}/WHEEL": tags}
    record = "".join(f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in files.items())
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    target = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as file:
        for path, text in files.items():
            file.writestr(path, text)
    return target


def _digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def prices(folder, version):
    """Write a wheel of acme_prices, which tells its version, and of what it needs."""
    wheel(folder, "acme_money", "1.0", {"acme_money.py": "UNIT = 'EUR'\n"})
    code = f"import acme_money\n\nVERSION = {version!r}\n"
    return wheel(folder, "acme_prices", version, {"acme_prices/__init__.py": code}, ["acme_money"])
