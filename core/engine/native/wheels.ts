/**
 * What is fetched from the Python package index, and from where it is known to
 * be right: every file is pinned by its sha256.
 *
 * @module
 */

/** A Python wheel that carries TensorFlow's C library. */
export interface Wheel {
  /** Name of the project on the package index. */
  readonly project: string;
  readonly version: string;
  /** `--platform` of pip; fixed, so any local Python can fetch it. */
  readonly platform: string;
  /** Name of the file. */
  readonly file: string;
  /** Lower-case hexadecimal digest of the file. */
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Size of `libraries`, unpacked. */
  readonly libraryBytes: number;
  /** Paths inside the wheel of the libraries to link with and load. */
  readonly libraries: readonly string[];
}

/** The compiler fetched where the machine has none: Zig's, from its wheels. */
export interface CompilerWheel {
  readonly project: string;
  readonly version: string;
  /** Digests of the wheels, one a platform. */
  readonly sha256: readonly string[];
}

/** Version of TensorFlow that is provisioned. */
const TENSORFLOW_VERSION = "2.21.0";

const LINUX = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
];
const MACOS = [
  "tensorflow/libtensorflow_cc.2.dylib",
  "tensorflow/libtensorflow_framework.2.dylib",
];

const WHEELS: Readonly<Record<string, Wheel>> = {
  "linux-x64": {
    project: "tensorflow-cpu",
    version: TENSORFLOW_VERSION,
    platform: "manylinux_2_27_x86_64",
    file: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    bytes: 273_829_956,
    libraryBytes: 853_308_936,
    libraries: LINUX,
  },
  "linux-arm64": {
    project: "tensorflow",
    version: TENSORFLOW_VERSION,
    platform: "manylinux_2_27_aarch64",
    file: "tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl",
    sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
    bytes: 281_828_020,
    libraryBytes: 883_062_208,
    libraries: LINUX,
  },
  "darwin-arm64": {
    project: "tensorflow",
    version: TENSORFLOW_VERSION,
    platform: "macosx_12_0_arm64",
    file: "tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl",
    sha256: "51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88",
    bytes: 223_405_849,
    libraryBytes: 740_805_624,
    libraries: MACOS,
  },
};

/** The compiler to fetch where there is none. */
export const ZIG: CompilerWheel = {
  project: "ziglang",
  version: "0.13.0.post1",
  sha256: [
    "5ff0f2cb0d583b4f94820909612043f62e4d1d9a8bed77ceec088a01fc2ef015",
    "b2ab883f27e915bc34266ff6627f565b5cc7b3c566b5a91f633b4174d52119a9",
    "081143c208494c35fe9c683573ecccdacf9b3af6c3d9cf9452138b4ef8ef0901",
  ],
};

/**
 * The wheel for a platform (`linux-x64`), or undefined where TensorFlow
 * publishes none that the addon can be linked with.
 */
export function wheelFor(platform: string): Wheel | undefined {
  return WHEELS[platform];
}

/** Platforms that have a wheel. */
export function supportedPlatforms(): string[] {
  return Object.keys(WHEELS);
}
