/** How the fake service reads and lists. @module */

import type { IncomingMessage, ServerResponse } from "node:http";
import { fail, type FakeFaults, type FakeObject } from "./_fake_s3.ts";

/** What {@link answerGet} answers from. */
export interface ReadOptions {
  readonly key: string;
  readonly url: URL;
  readonly objects: ReadonlyMap<string, FakeObject>;
  readonly faults: FakeFaults;
}

/** Answers a GET: of an object, or of a list. */
export function answerGet(
  { headers }: IncomingMessage,
  response: ServerResponse,
  options: ReadOptions,
): void {
  const { key, objects, faults } = options;
  if (key === "") return answerList(response, options);
  const found = objects.get(key);
  if (found === undefined) return fail(response, 404, "NoSuchKey");
  const { bytes, etag, modified, metadata } = found;
  if (headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, {
    etag,
    "content-length": bytes.length,
    "last-modified": new Date(modified).toUTCString(),
    ...metadata,
  });
  const { cut } = faults;
  if (cut.times > 0 && key.includes(cut.key)) {
    cut.times--;
    response.write(bytes.subarray(0, bytes.length / 2), () => {
      response.destroy();
    });
    return;
  }
  response.end(bytes);
}

function answerList(
  response: ServerResponse,
  { url, objects, faults }: ReadOptions,
): void {
  const prefix = url.searchParams.get("prefix") ?? "";
  const after = url.searchParams.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix))
    .sort().filter((key) => key > after);
  const page = keys.slice(0, faults.pageSize);
  const isCut = page.length < keys.length;
  const contents = page.map((key) => {
    const { bytes, etag, modified } = objects.get(key)!;
    return `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><ETag>${
      etag.replaceAll('"', "&quot;")
    }</ETag><LastModified>${
      new Date(modified).toISOString()
    }</LastModified></Contents>`;
  });
  const next = isCut
    ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>`
    : "";
  response.writeHead(200, { "content-type": "application/xml" }).end(
    `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${
      contents.join("")
    }</ListBucketResult>`,
  );
}
