import {
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { fileDigester } from "../../../core/pipeline/key/file_digest.ts";
import { sha256 } from "../../../core/lib/files.ts";

let file: string;
let memory: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "digests-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, "data.gz");
  memory = join(folder, "memory.json");
});

function write(text: string, age = 60): void {
  writeFileSync(file, text);
  const time = Date.now() / 1000 - age;
  utimesSync(file, time, time);
}

/** What a process of its own finds. */
async function digest(): Promise<string> {
  const digester = fileDigester(memory);
  const found = await digester.digest(file);
  await digester.save();
  return found;
}

/** Has the memory say something wrong, to tell whether it is asked. */
function spoil(digest: string): void {
  const text = readFileSync(memory, "utf8");
  writeFileSync(memory, text.replace(/"digest":"\w+"/, `"digest":"${digest}"`));
}

describe("fileDigester()", () => {
  it("reads a file once, and again when it has been touched", async () => {
    write("one");
    expect(await digest()).toBe(sha256("one"));
    spoil("remembered");
    expect(await digest()).toBe("remembered");
    write("two");
    expect(await digest()).toBe(sha256("two"));
    expect(await digest()).toBe(sha256("two"));
  });

  it("does not remember what was written only just now", async () => {
    write("one", 0);
    expect(await digest()).toBe(sha256("one"));
    expect(() => readFileSync(memory)).toThrow("ENOENT");
  });

  it("does without a memory that is not whole, or cannot be written", async () => {
    write("one");
    writeFileSync(memory, '{"/da');
    expect(await digest()).toBe(sha256("one"));
    memory = join(file, "memory.json");
    expect(await digest()).toBe(sha256("one"));
  });

  it("says which file it cannot read", async () => {
    const error = await digest().catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(`Cannot read data file "${file}"`);
  });
});
