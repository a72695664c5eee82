/** The check `contract` of networks: what the plugin says of itself, and what it builds. @module */

import { networkKind } from "../../../network_axis.ts";
import { labelOf } from "../../../plugin/label.ts";
import { type Check, fail, pass } from "../../check.ts";
import { attempt, identityFaults, optionFaults } from "../../identity.ts";
import type { NetworkSubject } from "../subject.ts";

/** Identity, options, parameters and functions are as the contract has them. */
export const contract: Check<NetworkSubject> = {
  name: "contract",
  title: "Contract and options",
  run(subject) {
    const faults = [
      ...identityFaults(networkKind, subject),
      ...optionFaults(subject),
    ];
    attempt(faults, () => void subject.usual());
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "plugins/networks/README.md has the contract, member by member",
      );
    }
    const { encoder, decoder } = subject.usual();
    const count = [encoder, decoder].flatMap(({ initial }) =>
      Object.values(initial)
    ).reduce((sum, { data }) => sum + data.length, 0);
    const keys = Object.keys(subject.definition.options.entries);
    return pass(
      `${
        labelOf(networkKind, subject)
      }; ${count} parameters for 28x28x1; options ${keys.join(", ") || "none"}`,
    );
  },
};
