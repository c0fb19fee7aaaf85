import type { Tensor as AnyTensor } from '@tensorflow/tfjs-core';

type TensorMethod = (this: AnyTensor, ...values: never[]) => AnyTensor;

/**
 * The face networks call operations as methods of a tensor, which TensorFlow.js defines in its umbrella package alone.
 * These are the ones that detector, landmarks and recognition use; the umbrella would bring five packages for them.
 */
export function defineChainedOperations(tensorflow: typeof import('@tensorflow/tfjs-core')): void {
  const { expandDims, div, mean, mul, reshape, slice, sub, Tensor } = tensorflow;
  const methods: Readonly<Record<string, TensorMethod>> = {
    as1D() {
      return reshape(this, [this.size]);
    },
    as2D(rows: number, columns: number) {
      return reshape(this, [rows, columns]);
    },
    as3D(rows: number, columns: number, depth: number) {
      return reshape(this, [rows, columns, depth]);
    },
    as4D(rows: number, columns: number, depth: number, more: number) {
      return reshape(this, [rows, columns, depth, more]);
    },
    reshape(shape: number[]) {
      return reshape(this, shape);
    },
    expandDims(axis?: number) {
      return expandDims(this, axis);
    },
    slice(begin: number | number[], size?: number | number[]) {
      return slice(this, begin, size);
    },
    mean(axis?: number | number[], keepDims?: boolean) {
      return mean(this, axis, keepDims);
    },
    mul(other: AnyTensor) {
      return mul(this, other);
    },
    div(other: AnyTensor) {
      return div(this, other);
    },
    sub(other: AnyTensor) {
      return sub(this, other);
    },
  };
  Object.assign(Tensor.prototype, methods);
}
