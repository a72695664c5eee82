/**
 * Fetches MNIST from its public mirrors. Nothing is written before it has been
 * verified, and files appear whole.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../core/errors.ts";
import { openData, sha256 } from "./data_file.ts";
import { recogniseForeign } from "./foreign.ts";
import {
  mnistDigests,
  mnistNames,
  type MnistPlaces,
  type Role,
} from "./mnist.ts";

/** Fetches the files of `wanted` into the project's folder; throws if one cannot be had. */
export async function downloadMnist(
  wanted: readonly Role[],
  places: MnistPlaces,
): Promise<void> {
  // Small files first: the quickest mirror to give one is asked for the rest.
  const [first, ...rest] = wanted.toSorted((a, b) =>
    Number(a.endsWith("Images")) - Number(b.endsWith("Images"))
  );
  if (first === undefined) return;
  const { mirror, bytes } = await race(first, places);
  const order = [mirror, ...places.mirrors.filter((other) => other !== mirror)];
  const others = await Promise.all(
    rest.map(async (role) =>
      [role, await fetchFromAny(order, role, places.patience)] as const
    ),
  );
  await mkdir(places.projectFolder, { recursive: true });
  for (const [role, content] of [[first, bytes] as const, ...others]) {
    await writeWhole(
      join(places.projectFolder, `${mnistNames[role]}.gz`),
      content,
    );
  }
}

/** A file from the mirror that gives it first; the others are let go. */
async function race(
  role: Role,
  places: MnistPlaces,
): Promise<{ mirror: string; bytes: Uint8Array }> {
  const done = new AbortController();
  try {
    return await Promise.any(places.mirrors.map(async (mirror) => ({
      mirror,
      bytes: await fetchVerified(mirror, role, {
        patience: places.patience,
        signal: done.signal,
      }),
    })));
  } catch (error) {
    throw new Error(
      (error as AggregateError).errors.map(messageOf).join("; "),
      { cause: error },
    );
  } finally {
    done.abort();
  }
}

async function fetchFromAny(
  mirrors: readonly string[],
  role: Role,
  patience: number,
): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    try {
      return await fetchVerified(mirror, role, { patience });
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error(reasons.join("; "));
}

interface FetchOptions {
  readonly patience: number;
  readonly signal?: AbortSignal;
}

/** The gzipped file, whose decompressed bytes are MNIST's. */
async function fetchVerified(
  mirror: string,
  role: Role,
  options: FetchOptions,
): Promise<Uint8Array> {
  const name = `${mnistNames[role]}.gz`;
  const bytes = await fetchBytes(new URL(name, mirror), options);
  const content = (await openData(`${mirror}${name}`, bytes)).bytes;
  const digest = sha256(content);
  if (digest !== mnistDigests[role]) {
    const foreign = recogniseForeign(content);
    throw new Error(
      foreign === null
        ? `${mirror}${name}: found sha256 ${digest}, expected ${
          mnistDigests[role]
        }`
        : `${mirror}${name}: found ${foreign.what}, expected MNIST's file`,
    );
  }
  return bytes;
}

/** No file of MNIST is larger, gzipped. */
const LARGEST = 2 ** 24;

async function fetchBytes(
  url: URL,
  { patience, signal }: FetchOptions,
): Promise<Uint8Array> {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new Error(`silent for ${patience / 1000} s`));
  }, patience);
  const signals = signal === undefined
    ? [silence.signal]
    : [silence.signal, signal];
  try {
    const response = await fetch(url, { signal: AbortSignal.any(signals) });
    if (!response.ok || response.body === null) {
      throw new Error(`HTTP status ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      timer.refresh();
      length += chunk.length;
      if (length > LARGEST) throw new Error(`more than ${LARGEST} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    // fetch hides the reason ("getaddrinfo ENOTFOUND ...") in its cause.
    const reason = error instanceof TypeError && error.cause !== undefined
      ? error.cause
      : error;
    throw new Error(`${url.host}: ${messageOf(reason)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
