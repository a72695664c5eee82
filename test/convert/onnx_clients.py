"""What onnxruntime makes of models: one line of JSON.

    python3 onnx_clients.py <folder of cases>

Each case is a folder with encoder.onnx and decoder.onnx, and beside them arrays
as .npy: encoder.images.npy is an input, encoder.mean.wanted.npy an output. Needs
numpy, onnx and onnxruntime.
"""

import glob
import json
import os
import sys

import numpy as np
import onnx
import onnxruntime


def ask(file):
    onnx.checker.check_model(onnx.load(file), full_check=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    path = file[: -len(".onnx")]
    feeds = {i.name: np.load(f"{path}.{i.name}.npy") for i in session.get_inputs()}
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(names, feeds)))
    one = session.run(names, {k: v[:1] for k, v in feeds.items()})
    told = {}
    for name, first in zip(names, one):
        wanted = np.load(f"{path}.{name}.wanted.npy")
        assert found[name].shape == wanted.shape, (file, name, found[name].shape)
        scale = np.maximum(1, np.abs(wanted))
        apart = np.abs(found[name].astype("f8") - wanted) / scale
        alone = np.abs(first.astype("f8") - wanted[:1]) / scale[:1]
        told[name] = float(max(np.max(apart), np.max(alone)))
    return told


def main(folder):
    files = sorted(glob.glob(os.path.join(folder, "*", "*.onnx")))
    print(json.dumps({os.path.relpath(f, folder): ask(f) for f in files}))


main(sys.argv[1])
