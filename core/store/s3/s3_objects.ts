/**
 * The objects of a store on an S3-compatible service.
 *
 * Besides what every service has (GET, PUT, DELETE, ListObjectsV2, copies)
 * locks need conditional writes. Objects are removed one by one: not every
 * service removes several at once.
 *
 * @module
 */

import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ListedObject, Objects, PutOptions } from "../remote/objects.ts";
import { connect } from "./connection.ts";
import { nameOf, statusOf } from "./failure.ts";
import type { S3Location } from "./location.ts";

/** Name of the signature among an object's metadata. */
const SIGNATURE = "vae-priors-signature";
/** A file beyond this size, in bytes, is not held in memory. */
const LARGE = 8e6;

/** The objects at a location. */
export function s3Objects(location: S3Location): Objects {
  const { request, persist } = connect(location);
  const at = (path: string) => ({
    Bucket: location.bucket,
    Key: location.prefix + path,
  });

  function getObject(
    path: string,
    unless?: string,
  ): Promise<GetObjectCommandOutput | "same" | null> {
    const etag = unless === undefined ? {} : { IfNoneMatch: unless };
    return request(async (client, { GetObjectCommand }) => {
      try {
        return await client.send(
          new GetObjectCommand({ ...at(path), ...etag }),
        );
      } catch (error) {
        if (statusOf(error) === 304) return "same";
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  return {
    location: location.text,
    persist,
    get: (path, unless) =>
      persist(async () => {
        const found = await getObject(path, unless);
        if (found === null || found === "same") return found;
        return {
          bytes: await readAll(contentOf(found)),
          etag: found.ETag ?? "",
          signature: found.Metadata?.[SIGNATURE] ?? null,
        };
      }),
    open: async (path) => {
      const found = await getObject(path);
      return found === null || found === "same" ? null : contentOf(found);
    },
    put: (path, content, { only, signature, persistent }: PutOptions = {}) =>
      request(async (client, { PutObjectCommand }) => {
        const condition = only === undefined
          ? {}
          : only === "new"
          ? { IfNoneMatch: "*" }
          : { IfMatch: only.etag };
        const metadata = signature === undefined || signature === null
          ? {}
          : { Metadata: { [SIGNATURE]: signature } };
        try {
          const { ETag } = await client.send(
            new PutObjectCommand({
              ...at(path),
              ...condition,
              ...metadata,
              Body: typeof content === "string"
                ? Buffer.from(content)
                : content,
            }),
          );
          return ETag ?? "";
        } catch (error) {
          if (only !== undefined && isConditionFailed(error)) return null;
          throw error;
        }
      }, persistent),
    putFile: async (path, file, { size, sha256 }) => {
      await request(async (client, { PutObjectCommand }) => {
        const stream = size > LARGE ? createReadStream(file) : null;
        try {
          await client.send(
            new PutObjectCommand({
              ...at(path),
              Body: stream ?? await readFile(file),
              ContentLength: size,
              // The service refuses what was spoilt on the way.
              ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
            }),
          );
        } finally {
          // Where nobody was there to read it.
          stream?.destroy();
        }
      });
    },
    copy: (from, to) =>
      request(async (client, { CopyObjectCommand }) => {
        const source = `${location.bucket}/${location.prefix}${from}`;
        try {
          await client.send(
            new CopyObjectCommand({
              ...at(to),
              CopySource: source.split("/").map(encodeURIComponent).join("/"),
            }),
          );
          return true;
        } catch (error) {
          if (isMissing(error)) return false;
          throw error;
        }
      }),
    remove: async (paths) => {
      await Promise.all(
        paths.map((path) =>
          request(async (client, { DeleteObjectCommand }) => {
            await client.send(new DeleteObjectCommand(at(path))).catch(
              (error) => {
                if (!isMissing(error)) throw error;
              },
            );
          })
        ),
      );
    },
    list: async (prefix) => {
      const found: ListedObject[] = [];
      let next: string | undefined;
      do {
        const page = await request((client, { ListObjectsV2Command }) =>
          client.send(
            new ListObjectsV2Command({
              Bucket: location.bucket,
              Prefix: location.prefix + prefix,
              ...(next === undefined ? {} : { ContinuationToken: next }),
            }),
          )
        );
        for (
          const { Key = "", Size, LastModified, ETag } of page.Contents ?? []
        ) {
          found.push({
            path: Key.slice(location.prefix.length),
            size: Size ?? 0,
            modified: LastModified?.getTime() ?? 0,
            etag: ETag ?? "",
          });
        }
        next = page.IsTruncated === true
          ? page.NextContinuationToken
          : undefined;
      } while (next !== undefined);
      return found;
    },
  };
}

/** That there is no such object; that there is no such bucket is another thing. */
function isMissing(error: unknown): boolean {
  return statusOf(error) === 404 && nameOf(error) !== "NoSuchBucket";
}

/** Another value is there, or none, or one is just being written. */
function isConditionFailed(error: unknown): boolean {
  return [409, 412].includes(statusOf(error) ?? 0) || isMissing(error);
}

function contentOf(
  { Body }: GetObjectCommandOutput,
): AsyncIterable<Uint8Array> {
  // Under Node it is a stream of Node's.
  return Body as unknown as AsyncIterable<Uint8Array>;
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
