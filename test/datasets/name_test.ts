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
    ["/a/my-fashion-mnist", "", "my-fashion-mnist"],
    ["/a/notMNIST_small", "", "notMNIST_small"],
    ["/a/my-mnist", "emnist-letters", "emnist-letters"],
    ["/a/EMNIST/gzip", "emnist-letters", "emnist-letters"],
    ["/a/project/data", "", "project"],
    ...[
      "zip",
      "raw",
      "data",
      "files",
      "download",
      "idx",
      "gz",
      "csv",
      "images",
      "train",
      "tmp",
      "my_data",
    ].map((name): [string, string, string] => [
      `/a/letters/${name}`,
      "",
      "letters",
    ]),
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
    ["/a/MNIST_ORG", "", "MNIST_ORG"],
    ["/a/mnist10k", "", "mnist10k"],
    ["/a/my-mnist", "", "my-mnist"],
    ["/a/mymnist", "", "mymnist"],
    ["/a/MNIST_ORG/zip", "", "MNIST_ORG"],
    ["/a/mnist-test-set/raw", "", "mnist-test-set"],
    ["/a/zip", "mnist-small", "mnist-small"],
  ])("contradicts %s with prefix %j", (folder, prefix, claim) => {
    expect(nameOf(folder, prefix)).toEqual({
      name: `"${claim}" (not MNIST)`,
      claim,
    });
  });
});
