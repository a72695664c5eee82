/**
 * A network that is held to its contract: checked as it is built, and its
 * functions wherever they are called.
 *
 * @module
 */

import type { Tensor, Tensor4D } from "../../engine/tf.ts";
import { UserError } from "../../lib/errors.ts";
import { checkParameters } from "./check_parameters.ts";
import { checkTensor } from "./check_tensor.ts";
import type {
  DecoderNetwork,
  DecoderSizes,
  EncoderNetwork,
  ImageShape,
  Network,
  NetworkParameters,
  ResolvedNetwork,
  TrialNetwork,
} from "./network.ts";

/** The network as a stage has it: held to its contract. */
export function openNetwork(plugin: ResolvedNetwork): TrialNetwork {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: (image) =>
      guardNetwork(definition.create(options, image), {
        name: definition.name,
        image,
      }),
  };
}

/** What {@link guardNetwork} must know. */
export interface GuardNetwork {
  /** Of the plugin, for errors. */
  readonly name: string;
  readonly image: ImageShape;
}

/**
 * The same network, whose functions throw a `UserError` that names the plugin
 * and the member where what they give is not what the contract says.
 *
 * @throws {UserError} where a part is missing.
 */
export function guardNetwork(
  network: Network,
  { name, image }: GuardNetwork,
): Network {
  const start = `Cannot use network "${name}"`;
  const { encoder, decoder } = Object(network) as Partial<Network>;
  if (typeof encoder !== "object" || typeof decoder !== "function") {
    throw new UserError(
      `${start}: "create" gives no ${
        typeof encoder === "object" ? 'function "decoder"' : '"encoder"'
      }, want { encoder: { parameters, features, apply }, decoder(sizes) }`,
    );
  }
  return {
    encoder: guardEncoder(encoder, start),
    decoder: (sizes) =>
      guardDecoder(decoder.call(network, sizes), { ...sizes, image, start }),
  };
}

function guardEncoder(encoder: EncoderNetwork, start: string): EncoderNetwork {
  const { parameters, features } = encoder;
  checkPart(encoder, { start: `${start}: its encoder`, roots: ["encoder"] });
  if (!Number.isInteger(features) || features < 1) {
    throw new UserError(
      `${start}: its encoder has ${features} features, want a whole number of at least 1`,
    );
  }
  return {
    parameters,
    features,
    apply: (weights, images) =>
      checkTensor(encoder.apply(weights, images), {
        start: `${start}: encoder.apply`,
        wanted: { B: images.shape[0], F: features },
      }),
  };
}

interface GuardDecoder extends DecoderSizes {
  readonly image: ImageShape;
  readonly start: string;
}

function guardDecoder(
  decoder: DecoderNetwork,
  { outputs, image, start }: GuardDecoder,
): DecoderNetwork {
  const roots = ["decoder", "output"];
  checkPart(decoder, { start: `${start}: its decoder`, roots });
  const { height: H, width: W, channels: C } = image;
  return {
    parameters: decoder.parameters,
    apply: (weights, latent) => {
      const given: Tensor = decoder.apply(weights, latent);
      const isImage = given?.shape?.length === 4;
      return checkTensor(given as Tensor4D, {
        start: `${start}: decoder.apply`,
        wanted: isImage
          ? { B: latent.shape[0], H, W, "C * outputs": C * outputs }
          : { B: latent.shape[0], "H * W * C * outputs": H * W * C * outputs },
      });
    },
  };
}

interface PartWords {
  readonly start: string;
  /** What the paths of its parameters begin with. */
  readonly roots: readonly string[];
}

function checkPart(part: unknown, { start, roots }: PartWords): void {
  const { parameters, apply } = Object(part) as {
    readonly parameters?: NetworkParameters;
    readonly apply?: unknown;
  };
  if (typeof parameters !== "object" || typeof apply !== "function") {
    throw new UserError(
      `${start} has no ${
        typeof apply === "function" ? '"parameters"' : 'function "apply"'
      }`,
    );
  }
  checkParameters(parameters, { start, what: "parameter" });
  const stray = Object.keys(parameters)
    .find((path) => !roots.includes(path.split("/")[0]!));
  if (stray === undefined) return;
  throw new UserError(
    `${start} names a parameter "${stray}", want a path that begins with ${
      roots.map((root) => `"${root}/"`).join(" or ")
    }`,
  );
}
