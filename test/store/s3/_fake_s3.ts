/**
 * A small S3 service in this process, with faults to order: what a store needs
 * of one, and no more. Signatures of requests are not looked at.
 *
 * @module
 */

import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import { freePort } from "../../port.ts";
import { answerGet } from "./_fake_reads.ts";

/** An object of the service. */
export interface FakeObject {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly modified: number;
  /** Headers `x-amz-meta-...`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The service. */
export interface FakeS3 {
  readonly url: string;
  readonly bucket: string;
  /** By their whole key. */
  readonly objects: Map<string, FakeObject>;
  /** `GET key`, `LIST prefix` and so on, as they came. */
  readonly requests: string[];
  /** What goes wrong. */
  readonly faults: FakeFaults;
  /** Writes behind the store's back. */
  set(key: string, bytes: Buffer): void;
  /** Nobody listens any more. */
  stop(): Promise<void>;
  /** Cuts all connections from now on, until it starts again. */
  hangUp(): void;
  /** How many were cut. */
  cutOff(): number;
  /** Listens again, where it did before. */
  start(): Promise<void>;
}

/** Faults to order. */
export interface FakeFaults {
  /** So many requests are answered with this status. */
  refuse: { status: number; code: string; times: number };
  /** So many downloads of a key that contains this break off in the middle. */
  cut: { key: string; times: number };
  /** If-None-Match and If-Match of writes are not heeded. */
  ignoresConditions: boolean;
  /** Writes with one of these headers are answered so. */
  unknownConditions: { headers: readonly string[]; status: number };
  /** Nothing may be written or removed. */
  isReadOnly: boolean;
  /** Objects of a page of a list. */
  pageSize: number;
  /** Called before a request is answered. */
  before: (request: string) => void | Promise<void>;
}

const BUCKET = "bucket";

/** Starts a service with one empty bucket, by HTTPS where it is given a certificate. */
export async function fakeS3(
  certificate?: { readonly key: string; readonly cert: string },
): Promise<FakeS3> {
  const objects = new Map<string, FakeObject>();
  const faults: FakeFaults = {
    refuse: { status: 503, code: "SlowDown", times: 0 },
    cut: { key: "", times: 0 },
    ignoresConditions: false,
    unknownConditions: { headers: [], status: 501 },
    isReadOnly: false,
    pageSize: 1000,
    before: () => {},
  };
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  };
  const server = certificate === undefined
    ? createServer(listener)
    : createSecureServer(certificate, listener);
  let isHungUp = false;
  let cutOff = 0;
  server.on("connection", (socket) => {
    if (!isHungUp) return;
    cutOff++;
    socket.resetAndDestroy();
  });
  let clock = Date.now();

  function set(
    key: string,
    bytes: Buffer,
    metadata: Readonly<Record<string, string>> = {},
  ): FakeObject {
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    clock = Math.max(clock + 1, Date.now());
    const object = { bytes, etag, modified: clock, metadata };
    objects.set(key, object);
    return object;
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const [bucket = "", ...parts] = url.pathname.slice(1).split("/");
    const key = parts.map(decodeURIComponent).join("/");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isList = key === "" && request.method === "GET";
    const name = isList
      ? `LIST ${url.searchParams.get("prefix")}`
      : `${request.method} ${key}`;
    requests.push(name);
    await faults.before(name);
    const { refuse } = faults;
    if (refuse.times > 0) {
      refuse.times--;
      return fail(response, refuse.status, refuse.code);
    }
    if (faults.isReadOnly && request.method !== "GET") {
      return fail(response, 403, "AccessDenied");
    }
    if (bucket !== BUCKET) return fail(response, 404, "NoSuchBucket");
    switch (request.method) {
      case "GET":
        return answerGet(request, response, { key, url, objects, faults });
      case "PUT":
        return answerPut(request, response, key, Buffer.concat(chunks));
      case "DELETE":
        objects.delete(key);
        response.writeHead(204).end();
        return;
      default:
        return fail(response, 501, "NotImplemented");
    }
  }

  function answerPut(
    { headers }: IncomingMessage,
    response: ServerResponse,
    key: string,
    bytes: Buffer,
  ): void {
    const { unknownConditions } = faults;
    if (unknownConditions.headers.some((name) => name in headers)) {
      return fail(response, unknownConditions.status, "NotImplemented");
    }
    const there = objects.get(key);
    const wanted = headers["if-match"];
    if (!faults.ignoresConditions) {
      if (headers["if-none-match"] === "*" && there !== undefined) {
        return fail(response, 412, "PreconditionFailed");
      }
      if (wanted !== undefined && there === undefined) {
        return fail(response, 404, "NoSuchKey");
      }
      if (wanted !== undefined && there!.etag !== wanted) {
        return fail(response, 412, "PreconditionFailed");
      }
    }
    const source = headers["x-amz-copy-source"];
    if (source !== undefined) {
      const from = decodeURIComponent(String(source)).slice(BUCKET.length + 1);
      const copied = objects.get(from);
      if (copied === undefined) return fail(response, 404, "NoSuchKey");
      const { etag } = set(key, copied.bytes, copied.metadata);
      response.writeHead(200, { "content-type": "application/xml" }).end(
        `<CopyObjectResult><ETag>${etag}</ETag></CopyObjectResult>`,
      );
      return;
    }
    const metadata = Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"))
        .map(([name, value]) => [name, String(value)]),
    );
    const sent = headers["x-amz-checksum-sha256"];
    const digest = createHash("sha256").update(bytes).digest("base64");
    if (sent !== undefined && sent !== digest) {
      return fail(response, 400, "BadDigest");
    }
    const { etag } = set(key, bytes, metadata);
    response.writeHead(200, { etag }).end();
  }

  const port = await freePort();
  const start = async () => {
    isHungUp = false;
    if (server.listening) return;
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  await start();
  return {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    bucket: BUCKET,
    objects,
    requests,
    faults,
    set,
    start,
    stop,
    hangUp: () => {
      isHungUp = true;
      server.closeAllConnections();
    },
    cutOff: () => cutOff,
  };
}

/** Answers with an error, as S3 does. */
export function fail(
  response: ServerResponse,
  status: number,
  code: string,
): void {
  response.writeHead(status, { "content-type": "application/xml" })
    .end(`<Error><Code>${code}</Code><Message>to order</Message></Error>`);
}
