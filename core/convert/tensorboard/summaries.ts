/**
 * Values of TensorBoard's plugins, as its own summary functions write them
 * (tensorboard/plugins/{scalar,image,histogram,hparams}/summary_v2.py).
 *
 * @module
 */

import { encodeMessage, type Message } from "../protocol.ts";

const DT = { float: 1, double: 2, string: 7 } as const;
const DATA_CLASS = { scalar: 1, tensor: 2, blobs: 3 } as const;

/** A number. */
export function scalarValue(tag: string, value: number): Message {
  return {
    tag,
    metadata: metadata("scalars", DATA_CLASS.scalar),
    tensor: { dtype: DT.float, tensorShape: {}, floatVal: [value] },
  };
}

/** A picture, as PNG. */
export function imageValue(
  tag: string,
  image: {
    readonly png: Uint8Array;
    readonly width: number;
    readonly height: number;
  },
): Message {
  const text = (value: number) => Buffer.from(String(value));
  return {
    tag,
    metadata: metadata("images", DATA_CLASS.blobs),
    tensor: {
      dtype: DT.string,
      tensorShape: { dim: [{ size: 3 }] },
      stringVal: [text(image.width), text(image.height), image.png],
    },
  };
}

/** How values are spread, in `buckets` equal steps from the least to the largest. */
export function histogramValue(
  tag: string,
  values: Float32Array,
  buckets = 30,
): Message {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  // All equal, as biases are at first: one bucket around them.
  if (!(largest > least)) [least, largest] = [least - 0.5, least + 0.5];
  const width = (largest - least) / buckets;
  const rows = new Float64Array(buckets * 3);
  for (let i = 0; i < buckets; i++) {
    rows.set([least + i * width, least + (i + 1) * width], i * 3);
  }
  for (const value of values) {
    const bucket = Math.floor((value - least) / width);
    rows[Math.min(bucket, buckets - 1) * 3 + 2]! += 1;
  }
  return {
    tag,
    metadata: metadata("histograms", DATA_CLASS.tensor),
    tensor: {
      dtype: DT.double,
      tensorShape: { dim: [{ size: buckets }, { size: 3 }] },
      tensorContent: new Uint8Array(rows.buffer),
    },
  };
}

/** What a trial was made with: a line of the table of hyperparameters. */
export function hparamsValues(
  hparams: Readonly<Record<string, number | string | boolean>>,
  seconds: number,
): readonly Message[] {
  const fields = {
    number: "numberValue",
    string: "stringValue",
    boolean: "boolValue",
  };
  const typed = Object.fromEntries(
    Object.entries(hparams).map(([name, value]) => [
      name,
      { [fields[typeof value as keyof typeof fields]]: value },
    ]),
  );
  const parts = {
    session_start_info: {
      version: 0,
      sessionStartInfo: { hparams: typed, startTimeSecs: 0 },
    },
    session_end_info: {
      version: 0,
      // STATUS_SUCCESS.
      sessionEndInfo: { status: 1, endTimeSecs: seconds },
    },
  };
  return Object.entries(parts).map(([name, part]) => ({
    tag: `_hparams_/${name}`,
    metadata: {
      pluginData: {
        pluginName: "hparams",
        content: encodeMessage("HParamsPluginData", part),
      },
      dataClass: DATA_CLASS.tensor,
    },
    tensor: { dtype: DT.float, tensorShape: {}, floatVal: [0] },
  }));
}

function metadata(pluginName: string, dataClass: number): Message {
  return { pluginData: { pluginName }, dataClass };
}
