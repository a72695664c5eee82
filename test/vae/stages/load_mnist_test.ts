import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import loadMnist from "../../../core/vae/stages/load_mnist.ts";
import {
  smallSet,
  temporaryFolder,
  writeFiles,
} from "../../datasets/idx_fixture.ts";
import { inputs, parse, run } from "./_load_mnist.ts";

const hooks = vi.hoisted(() => ({
  projectFolder: "",
  afterRead: async (): Promise<void> => {},
  download: async (): Promise<void> => {},
}));

vi.mock("../../../datasets/mnist.ts", async (original) => {
  const module = await original<typeof import("../../../datasets/mnist.ts")>();
  const mnistPlaces = {
    ...module.mnistPlaces,
    get projectFolder() {
      return hooks.projectFolder;
    },
  };
  return { ...module, mnistPlaces };
});
vi.mock(
  "../../../datasets/download.ts",
  () => ({ downloadMnist: () => hooks.download() }),
);
vi.mock("../../../datasets/mod.ts", async (original) => {
  const module = await original<typeof import("../../../datasets/mod.ts")>();
  const readSource: typeof module.readSource = async (...parameters) => {
    const result = await module.readSource(...parameters);
    await hooks.afterRead();
    return result;
  };
  return { ...module, readSource };
});

const FEW = { trainLimit: 4, testLimit: 2 };

beforeEach(async () => {
  vi.stubEnv("MNIST_DIR", undefined);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  hooks.projectFolder = join(await temporaryFolder(), "mnist");
  hooks.afterRead = async () => {};
  hooks.download = () => Promise.reject(new Error("no network"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("load_mnist options", () => {
  it("defaults to whatever source there is, and all images", () => {
    expect(parse()).toEqual({ source: "auto" });
  });

  it.each([
    { trainLimit: 0 },
    { testLimit: 1.5 },
    { source: "mnist" },
    { dir: "" },
    { folder: "data" },
  ])("rejects %j", (options) => {
    expect(() => parse(options)).toThrow(v.ValiError);
  });
});

describe("load_mnist inputs", () => {
  it("are digests of the files of the folder asked for, from the config's", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallSet());
    const digests = await inputs({ dir: basename(dir) }, dirname(dir));
    expect(digests["data"]).toBe(`IDX files: ${basename(dir)}`);
    expect(digests["train images"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("tell drawn digits from files, whichever came first", async () => {
    const drawn = await inputs();
    expect(drawn).toEqual({
      data: "synthetic digits, version 1, 12000 train and 2000 test",
    });
    expect(await inputs({ source: "synthetic" })).toEqual(drawn);

    vi.stubEnv(
      "MNIST_DIR",
      await writeFiles(await temporaryFolder(), smallSet()),
    );
    const files = await inputs();
    expect(files["data"]).toMatch(/^IDX files/);
    expect(files).not.toHaveProperty("train images", drawn["train images"]);

    vi.stubEnv("MNIST_DIR", undefined);
    expect(await inputs()).toEqual(drawn);
  });

  it("download what is not there, and say so on stderr", async () => {
    hooks.download = async () =>
      void await writeFiles(hooks.projectFolder, smallSet());
    expect((await inputs())["data"]).toBe('IDX files: "mnist" (not MNIST)');
    expect(process.stderr.write).toHaveBeenCalledExactlyOnceWith(
      `MNIST is not here yet: downloading it (11 MB) into ${hooks.projectFolder}\n`,
    );
  });
});

describe("load_mnist run", () => {
  it("gives the data set and logs its size", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallSet());
    const { dataset, warnings, logged } = await run({
      dir: basename(dir),
      ...FEW,
    }, { baseDirectory: dirname(dir) });
    expect(dataset).toMatchObject({
      name: basename(dir),
      synthetic: false,
      height: 4,
      width: 5,
    });
    expect([dataset.train.count, dataset.test.count]).toEqual([4, 2]);
    expect(warnings).toEqual([]);
    expect(logged).toEqual([{
      dataset: basename(dir),
      train: 4,
      test: 2,
      height: 4,
      width: 5,
      classes: 4,
    }]);
  });

  it("warns of files that MNIST's name is wrong for", async () => {
    const dir = join(await temporaryFolder(), "mnist");
    const { dataset, warnings } = await run({
      dir: await writeFiles(dir, smallSet()),
    });
    expect(dataset.name).toBe('"mnist" (not MNIST)');
    expect(warnings).toEqual([
      `"mnist" is not MNIST: its files have other checksums than MNIST's`,
    ]);
  });

  it("refuses images in which there is nothing", async () => {
    const files = smallSet();
    files["t10k-images-idx3-ubyte"].fill(0, 16);
    const dir = await writeFiles(await temporaryFolder(), files);
    await expect(run({ dir })).rejects.toThrow(
      `Cannot use images "${
        join(dir, "t10k-images-idx3-ubyte")
      }": found 0 in every pixel (all black)`,
    );
  });

  it("warns loudly of drawn digits, and never downloads", async () => {
    hooks.download = vi.fn();
    const { dataset, warnings } = await run(FEW);
    expect(dataset).toMatchObject({ name: "synthetic", synthetic: true });
    expect(hooks.download).not.toHaveBeenCalled();
    expect(warnings).toEqual([
      `SYNTHETIC DIGITS, not MNIST: MNIST_DIR is not set, "${
        basename(dirname(hooks.projectFolder))
      }/mnist" has no files, and the ` +
      "public mirrors gave none. For MNIST, set MNIST_DIR to a folder with its four IDX files, " +
      "or run again with a network",
    ]);
  });

  it("warns of drawn digits that were asked for, too", async () => {
    const { warnings } = await run({ source: "synthetic", ...FEW });
    expect(warnings).toEqual([
      'SYNTHETIC DIGITS, not MNIST: the option "source" asks for them. For MNIST, set "source" to "auto"',
    ]);
  });

  it("rejects files that change while they are read", async () => {
    const dir = await writeFiles(await temporaryFolder(), smallSet());
    hooks.afterRead = () =>
      writeFile(join(dir, "t10k-labels-idx1-ubyte"), "changed");
    const thrown = await run({ dir }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).message).toBe(
      "Cannot use the data set: test labels changed while it was being read",
    );
  });

  it("rejects drawn digits where files turn up meanwhile", async () => {
    hooks.afterRead = async () =>
      void await writeFiles(hooks.projectFolder, smallSet());
    await expect(run(FEW)).rejects.toThrow(
      "Cannot use the data set: data, train images, train labels, test images, test labels changed",
    );
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("Ctrl-C"));
    await expect(run(FEW, { signal })).rejects.toThrow("Ctrl-C");
  });

  it("uses nothing of the run: one data set serves the whole matrix", () => {
    expect(loadMnist).toMatchObject({
      inputs: [],
      outputs: ["dataset"],
      params: [],
    });
  });
});
