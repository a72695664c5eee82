"""What other programs make of a run's folder: one line of JSON.

    python3 clients.py <folder of a run, as `convert` wrote it>

Needs numpy, safetensors, tensorboard and tensorflow.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402
from tensorboard.backend.event_processing import event_accumulator  # noqa: E402
from tensorboard.plugins.hparams import plugin_data_pb2  # noqa: E402


def arrays(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".npy"))
    return {n[:-4]: np.load(os.path.join(folder, n)) for n in names}


def board(folder):
    size = {event_accumulator.TENSORS: 0}
    events = event_accumulator.EventAccumulator(folder, size_guidance=size)
    events.Reload()
    found = {"scalars": {}, "images": {}, "histograms": {}}
    for plugin in found:
        for tag in events.PluginTagToContent(plugin):
            for event in events.Tensors(tag):
                value = tf.make_ndarray(event.tensor_proto)
                if plugin == "scalars":
                    told = [event.step, float(value)]
                elif plugin == "images":
                    # Decoded, to see that it is the picture it claims to be.
                    told = list(tf.io.decode_png(value[2]).shape[:2])
                    assert [int(value[1]), int(value[0])] == told
                else:
                    told = [list(value.shape), float(value[:, 2].sum())]
                found[plugin].setdefault(tag, []).append(told)
    start = events.PluginTagToContent("hparams")["_hparams_/session_start_info"]
    data = plugin_data_pb2.HParamsPluginData.FromString(start)
    found["hparams"] = {
        name: getattr(value, value.WhichOneof("kind"))
        for name, value in data.session_start_info.hparams.items()
    }
    return found


def largest_difference(a, b):
    return float(np.max(np.abs(np.asarray(a, "f8") - np.asarray(b, "f8"))))


def saved_models(folder, found):
    load = lambda name: tf.saved_model.load(
        os.path.join(folder, "saved_model", name)
    ).signatures["serving_default"]
    decoder, encoder = load("decoder"), load("encoder")
    rows = lambda name: tf.constant(found[name].reshape(len(found[name]), -1))
    posterior = encoder(images=rows("originals"))
    again = decoder(latent=posterior["posterior_mean"])["pixels"]
    drawn = decoder(latent=tf.constant(found["latents"]))["pixels"]
    return {
        "parameters": sorted(posterior),
        "samples": largest_difference(drawn, rows("samples")),
        "reconstructions": largest_difference(again, rows("reconstructions")),
        "posterior_means": largest_difference(
            posterior["posterior_mean"],
            found["posterior_means"][: len(found["originals"])],
        ),
        # One image gives what it gives among others.
        "one": largest_difference(
            decoder(latent=tf.constant(found["latents"][:1]))["pixels"], drawn[:1]
        ),
    }


def main(folder):
    found = arrays(folder)
    weights = load_file(os.path.join(folder, "weights.safetensors"))
    told = {
        "arrays": {k: [str(v.dtype), list(v.shape)] for k, v in found.items()},
        "sums": {k: float(v.astype("f8").sum()) for k, v in found.items()},
        "weights": {k: list(v.shape) for k, v in weights.items()},
        "board": board(os.path.join(folder, "tensorboard")),
    }
    if os.path.exists(os.path.join(folder, "saved_model")):
        told["saved_models"] = saved_models(folder, found)
    print(json.dumps(told))


main(sys.argv[1])
