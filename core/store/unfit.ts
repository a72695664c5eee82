/** A place that cannot be a store. @module */

import { UserError } from "../lib/errors.ts";

/** The place lacks what a store needs: nothing is to begin there. */
export class UnfitStoreError extends UserError {}
