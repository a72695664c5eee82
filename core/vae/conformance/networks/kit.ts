/** The checks of networks. @module */

import { networkKind } from "../../network_axis.ts";
import type { NetworkDefinition } from "../../plugin/network.ts";
import type { Kit } from "../kit.ts";
import { compiled } from "./checks/compiled.ts";
import { contract } from "./checks/contract.ts";
import { gradients } from "./checks/gradients.ts";
import { rows } from "./checks/rows.ts";
import { same } from "./checks/same.ts";
import { shapes } from "./checks/shapes.ts";
import { start } from "./checks/start.ts";
import { used } from "./checks/used.ts";
import { createNetworkSubject, type NetworkSubject } from "./subject.ts";

/** What must hold for a network. */
export const networkKit: Kit<NetworkDefinition, NetworkSubject> = {
  kind: networkKind,
  checks: [contract, shapes, same, used, rows, gradients, start, compiled],
  needed: ["contract", "shapes"],
  subject: createNetworkSubject,
};
