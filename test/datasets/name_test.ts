import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nameOf } from "../../datasets/name.ts";

describe("nameOf()", () => {
  it.each([
    ["/a/fashion-mnist", "", "fashion-mnist"],
    ["/a/FashionMNIST/raw", "", "FashionMNIST"],
    ["/a/kmnist/data/raw", "", "kmnist"],
    ["/a/binarized-mnist", "", "binarized-mnist"],
    ["/a/letters", "emnist-letters", "letters"],
    ["/a/EMNIST/gzip", "emnist-letters", "emnist-letters"],
    ["/a/project/data", "", "project"],
    // Too far up to tell of it.
    ["/a/project/data/raw/idx", "", "idx"],
    // Nothing tells.
    ["/data", "", "data"],
    ["/data/raw", "", "raw"],
    [join(homedir(), "data"), "", "data"],
    [join(tmpdir(), "raw"), "", "raw"],
    ["/", "", "data"],
    // A parent is right where the folder is wrong.
    ["/a/FashionMNIST/mnist-copy", "", "FashionMNIST"],
    ["/a/datasets/mnist", "qmnist", "qmnist"],
  ])("calls %s with prefix %j %s", (folder, prefix, name) => {
    expect(nameOf(folder, prefix)).toEqual({ name, claim: null });
  });

  it.each([
    ["/a/datasets/mnist", "", "mnist"],
    ["/a/MNIST-copy", "", "MNIST-copy"],
    ["/a/MNIST/raw", "", "MNIST"],
    ["/a/vae-mnist/data", "", "vae-mnist"],
    ["/a/vae-mnist/datasets/mnist", "", "mnist"],
    ["/a/raw", "mnist", "mnist"],
  ])("contradicts %s with prefix %j", (folder, prefix, claim) => {
    expect(nameOf(folder, prefix)).toEqual({
      name: `"${claim}" (not MNIST)`,
      claim,
    });
  });
});
