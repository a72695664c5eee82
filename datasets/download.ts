/**
 * Fetches MNIST from its public mirrors. Nothing is written before it has been
 * verified, and files appear whole.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, UserError } from "../core/lib/errors.ts";
import { encryptionFailure } from "../core/lib/network/certificate_failure.ts";
import { get } from "../core/lib/network/get.ts";
import { isMistake } from "../core/lib/network/proxy_failure.ts";
import { openData, sha256 } from "./data_file.ts";
import { recogniseForeign } from "./foreign.ts";
import {
  mnistDigests,
  mnistNames,
  type MnistPlaces,
  type Role,
} from "./mnist.ts";

/**
 * Fetches the files of `wanted` into the project's folder; throws if one cannot
 * be had.
 *
 * @throws {UserError} where the variable of a proxy, or its credentials, are
 * wrong.
 */
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
    const { errors } = error as AggregateError;
    throw errors.find(isMistake) ??
      new Error(errors.map(messageOf).join("; "), { cause: error });
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
      if (isMistake(error)) throw error;
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
        ? `${mirror}${name}: found sha256 ${digest}, want ${mnistDigests[role]}`
        : `${mirror}${name}: found ${foreign.what}, want MNIST's file`,
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
    const response = await get(url, AbortSignal.any(signals));
    if (response.statusCode !== 200) {
      response.destroy();
      throw new Error(`HTTP status ${response.statusCode}`);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response) {
      timer.refresh();
      length += chunk.length;
      if (length > LARGEST) throw new Error(`more than ${LARGEST} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new Error(`${url.host}: ${reasonOf(error, silence.signal)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown, silence: AbortSignal): string {
  if (silence.aborted) return messageOf(silence.reason);
  const encryption = encryptionFailure(error, "NODE_EXTRA_CA_CERTS");
  return encryption === null
    ? messageOf(error)
    : `${encryption.why}; ${encryption.hint}`;
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
