import { rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { test } from "vitest";
import { openStore } from "../../../core/store/open.ts";
import type { ArtifactAddress } from "../../../core/store/store.ts";
import { storeConformance } from "../conformance.ts";
import { openElsewhere, setEnvironment, useFake } from "./_opened.ts";

storeConformance("s3, in this process", async () => {
  const fake = await useFake();
  fake.faults.pageSize = 2;
  const location = `s3://bucket/${randomUUID()}/store`;
  const store = openElsewhere(location);
  const keyOf = async (address: ArtifactAddress, path: string) => {
    const found = await store.inspect(address);
    if (found.status !== "hit") throw new Error("There is none");
    const { sha256 } = found.manifest.files[path]!;
    rmSync(store.directory(address), { recursive: true, force: true });
    return [...fake.objects.keys()]
      .find((key) => key.endsWith(`/${address.key}/${sha256}`))!;
  };
  return {
    store,
    other: await openStore(store.location),
    spoil: async (address, path) => {
      const key = await keyOf(address, path);
      const bytes = Buffer.from(fake.objects.get(key)!.bytes);
      bytes[bytes.length - 1]! ^= 1;
      fake.set(key, bytes);
    },
    lose: async (address, path) => {
      fake.objects.delete(await keyOf(address, path));
    },
  };
});

const service = process.env["VAE_PRIORS_TEST_S3"] ?? "";
if (service === "") {
  test.skip("a real service: set VAE_PRIORS_TEST_S3 to its URL, and credentials", () => {});
} else {
  storeConformance(`s3 at ${service}`, async () => {
    setEnvironment({ AWS_ENDPOINT_URL_S3: service });
    const {
      CreateBucketCommand,
      DeleteObjectCommand,
      PutObjectCommand,
      S3Client,
    } = await import("@aws-sdk/client-s3");
    const client = new S3Client({ forcePathStyle: true, region: "us-east-1" });
    const bucket = `vae-priors-${randomUUID()}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = openElsewhere(`s3://${bucket}/store`);
    const fileOf = async ({ stage, key }: ArtifactAddress, path: string) => {
      const found = await store.inspect({ stage, key });
      if (found.status !== "hit") throw new Error("There is none");
      const { sha256, size } = found.manifest.files[path]!;
      rmSync(store.directory({ stage, key }), { recursive: true, force: true });
      const Key = `store/files/${stage}/${key}/${sha256}`;
      return { Bucket: bucket, Key, size };
    };
    return {
      store,
      other: await openStore(store.location),
      spoil: async (address, path) => {
        const { size, ...file } = await fileOf(address, path);
        const Body = Buffer.alloc(size, 7);
        await client.send(new PutObjectCommand({ ...file, Body }));
      },
      lose: async (address, path) => {
        const { size: _, ...file } = await fileOf(address, path);
        await client.send(new DeleteObjectCommand(file));
      },
    };
  });
}
