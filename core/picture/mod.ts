/**
 * Batches of grey images as PNG pictures: plain grids, and originals above
 * their reconstructions. Equal inputs give equal bytes.
 *
 * @module
 */

export { encodePng, type GreyImage } from "./grey_image.ts";
export { type GridOptions, gridPng } from "./image_grid.ts";
export {
  type ReconstructionOptions,
  reconstructionPng,
} from "./reconstruction_grid.ts";
