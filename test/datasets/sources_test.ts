import { basename, dirname, join, sep } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { downloadMnist } from "../../datasets/download.ts";
import {
  mnistNames,
  type MnistPlaces,
  type Role,
} from "../../datasets/mnist.ts";
import { findSource, type SourceOptions } from "../../datasets/sources.ts";
import { smallSet, temporaryFolder, writeFiles } from "./idx_fixture.ts";

vi.mock("../../datasets/download.ts", () => ({ downloadMnist: vi.fn() }));
// The small set stands for MNIST here.
vi.mock("../../datasets/mnist.ts", async (original) => {
  const module = await original<typeof import("../../datasets/mnist.ts")>();
  const { smallSet } = await import("./idx_fixture.ts");
  const { sha256 } = await import("../../datasets/data_file.ts");
  const set: Readonly<Record<string, Uint8Array>> = smallSet();
  const digests = module.roles.map((
    role,
  ) => [role, sha256(set[module.mnistNames[role]]!)]);
  return { ...module, mnistDigests: Object.fromEntries(digests) };
});

const download = vi.mocked(downloadMnist);

/** Downloads what is wanted of the small set. */
async function deliver(
  wanted: readonly Role[],
  { projectFolder }: MnistPlaces,
): Promise<void> {
  const set: Readonly<Record<string, Uint8Array>> = smallSet();
  await writeFiles(
    projectFolder,
    Object.fromEntries(
      wanted.map((role) => [`${mnistNames[role]}.gz`, set[mnistNames[role]]!]),
    ),
  );
}

function fail(): Promise<never> {
  return Promise.reject(new Error("no network"));
}

/** Options with a project folder of the test's own. */
async function isolated(
  options: SourceOptions = {},
): Promise<SourceOptions & { readonly places: MnistPlaces }> {
  const projectFolder = join(await temporaryFolder(), "mnist");
  return { ...options, places: { projectFolder, mirrors: [], patience: 100 } };
}

async function error(options: SourceOptions): Promise<UserError> {
  const thrown = await findSource(options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

beforeEach(() => {
  vi.stubEnv("MNIST_DIR", undefined);
  download.mockReset().mockImplementation(fail);
});
afterEach(() => void vi.unstubAllEnvs());

describe("findSource() of files", () => {
  it("takes the folder asked for, from the base directory, before MNIST_DIR and the project's", async () => {
    const folder = await writeFiles(await temporaryFolder(), smallSet());
    vi.stubEnv(
      "MNIST_DIR",
      await writeFiles(await temporaryFolder(), smallSet()),
    );
    const options = await isolated({
      dir: basename(folder),
      baseDirectory: dirname(folder),
    });
    await writeFiles(options.places.projectFolder, smallSet());
    expect(await findSource(options)).toMatchObject({ kind: "files", folder });
  });

  it("takes MNIST_DIR before the project's folder", async () => {
    const folder = await writeFiles(await temporaryFolder(), smallSet());
    vi.stubEnv("MNIST_DIR", folder);
    const options = await isolated();
    await writeFiles(options.places.projectFolder, smallSet());
    expect(await findSource(options)).toMatchObject({ kind: "files", folder });
  });

  it("takes the project's folder, whatever data set it holds, and downloads nothing", async () => {
    vi.stubEnv("MNIST_DIR", "");
    const options = await isolated();
    await writeFiles(options.places.projectFolder, smallSet({ height: 9 }));
    expect(await findSource(options)).toMatchObject({
      kind: "files",
      folder: options.places.projectFolder,
    });
    expect(download).not.toHaveBeenCalled();
  });

  it("never replaces a folder that was named", async () => {
    const empty = await temporaryFolder();
    const options = await isolated({ dir: empty });
    await writeFiles(options.places.projectFolder, smallSet());
    expect((await error(options)).message).toMatch(
      `Cannot load the data set from the option "dir" ("${empty}"): found no train images, no train labels`,
    );
    vi.stubEnv("MNIST_DIR", join(empty, "nowhere"));
    expect((await error({ ...options, dir: undefined })).message).toMatch(
      /^Cannot load the data set from MNIST_DIR \(".*nowhere"\): found no .*; the folder does not exist$/,
    );
  });
});

describe("findSource() of the mirrors", () => {
  it("downloads what the project's folder lacks, and says so", async () => {
    download.mockImplementation(deliver);
    const notify = vi.fn();
    const options = await isolated({ notify });
    const source = await findSource(options);
    expect(source).toMatchObject({
      kind: "files",
      folder: options.places.projectFolder,
    });
    expect(download).toHaveBeenCalledExactlyOnceWith(
      ["trainImages", "trainLabels", "testImages", "testLabels"],
      options.places,
    );
    expect(notify.mock.calls).toEqual([
      [`MNIST is not here yet: downloading it (11 MB) into ${options.places.projectFolder}`],
    ]);
    await findSource(options);
    expect(download).toHaveBeenCalledTimes(1);
  });

  it("downloads once for callers at the same time", async () => {
    download.mockImplementation(deliver);
    const options = await isolated();
    const sources = await Promise.all([
      findSource(options),
      findSource(options),
    ]);
    expect(sources.map(({ kind }) => kind)).toEqual(["files", "files"]);
    expect(download).toHaveBeenCalledTimes(1);
  });

  it("completes an interrupted download", async () => {
    download.mockImplementation(deliver);
    const options = await isolated();
    await deliver(["trainImages", "testLabels"], options.places);
    expect((await findSource(options)).kind).toBe("files");
    expect(download).toHaveBeenCalledExactlyOnceWith([
      "trainLabels",
      "testImages",
    ], options.places);
  });

  it("completes no other data set", async () => {
    const { "t10k-labels-idx1-ubyte": _, ...three } = smallSet({ height: 9 });
    const options = await isolated();
    await writeFiles(options.places.projectFolder, three);
    expect((await error(options)).message).toMatch(
      /^Cannot load the data set from the project's folder .*: found no test labels;/,
    );
    expect(download).not.toHaveBeenCalled();
  });

  it("draws nothing in the place of half a data set", async () => {
    const options = await isolated();
    await deliver(["trainImages", "testLabels"], options.places);
    expect((await error(options)).message).toMatch(
      /found no train labels, no test images/,
    );
  });

  it("tries a download that failed once a process", async () => {
    const notify = vi.fn();
    const options = await isolated({ notify });
    const source = await findSource(options);
    expect(source).toEqual({
      kind: "synthetic",
      reason:
        `MNIST_DIR is not set, "${
          options.places.projectFolder.split(sep).slice(-2).join("/")
        }" has no files, ` +
        "and the public mirrors gave none",
      advice:
        "For MNIST, set MNIST_DIR to a folder with its four IDX files, or run again with a network",
    });
    expect(await findSource(options)).toEqual(source);
    expect(download).toHaveBeenCalledTimes(1);
    expect(notify.mock.calls.flat()).toEqual([
      expect.stringMatching(/^MNIST is not here yet/),
      "MNIST could not be downloaded: no network",
    ]);
  });

  it("downloads nothing when told not to", async () => {
    expect((await findSource(await isolated({ download: false }))).kind).toBe(
      "synthetic",
    );
    expect(download).not.toHaveBeenCalled();
  });

  it("fails where files are asked for and there are none", async () => {
    const options = await isolated({ source: "files" });
    const { message, hint } = await error(options);
    expect(message).toBe(
      `Cannot load the data set: found no IDX files in "${options.places.projectFolder}" and no MNIST_DIR, ` +
        "and the download failed (no network)",
    );
    expect(hint).toMatch(/^For MNIST, set MNIST_DIR/);
  });
});

describe("findSource() of drawn digits", () => {
  it("looks for no files", async () => {
    vi.stubEnv("MNIST_DIR", "/nowhere");
    expect(await findSource({ source: "synthetic", dir: "nowhere" })).toEqual({
      kind: "synthetic",
      reason: 'the option "source" asks for them',
      advice: 'For MNIST, set "source" to "auto"',
    });
    expect(download).not.toHaveBeenCalled();
  });
});
