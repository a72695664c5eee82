import { rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { test } from "vitest";
import { openStore } from "../../../core/store/open.ts";
import { storeConformance } from "../conformance.ts";
import { openElsewhere, setEnvironment, useFake } from "./_opened.ts";

storeConformance("s3, in this process", async () => {
  const fake = await useFake();
  fake.faults.pageSize = 2;
  const location = `s3://bucket/${randomUUID()}/store`;
  const store = openElsewhere(location);
  return {
    store,
    other: await openStore(store.location),
    spoil: async (address, path) => {
      const found = await store.inspect(address);
      if (found.status !== "hit") throw new Error("There is none");
      const { sha256 } = found.manifest.files[path]!;
      const key = [...fake.objects.keys()]
        .find((key) => key.endsWith(`/${address.key}/${sha256}`))!;
      const bytes = Buffer.from(fake.objects.get(key)!.bytes);
      bytes[bytes.length - 1]! ^= 1;
      fake.set(key, bytes);
      rmSync(store.directory(address), { recursive: true, force: true });
    },
  };
});

const service = process.env["VAE_PRIORS_TEST_S3"] ?? "";
if (service === "") {
  test.skip("a real service: set VAE_PRIORS_TEST_S3 to its URL, and credentials", () => {});
} else {
  storeConformance(`s3 at ${service}`, async () => {
    setEnvironment({ AWS_ENDPOINT_URL_S3: service });
    const { CreateBucketCommand, PutObjectCommand, S3Client } = await import(
      "@aws-sdk/client-s3"
    );
    const client = new S3Client({ forcePathStyle: true, region: "us-east-1" });
    const bucket = `vae-priors-${randomUUID()}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = openElsewhere(`s3://${bucket}/store`);
    return {
      store,
      other: await openStore(store.location),
      spoil: async (address, path) => {
        const found = await store.inspect(address);
        if (found.status !== "hit") throw new Error("There is none");
        const { sha256, size } = found.manifest.files[path]!;
        const { stage, key } = address;
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `store/files/${stage}/${key}/${sha256}`,
            Body: Buffer.alloc(size, 7),
          }),
        );
        rmSync(store.directory(address), { recursive: true, force: true });
      },
    };
  });
}
