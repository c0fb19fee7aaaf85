/**
 * Power spectrum of a square picture of real values by the fast Fourier transform (Cooley and Tukey 1965), rows first.
 * Two rows are one complex row, because the picture is real; of the columns only the half plane from frequency 0 to
 * `side / 2` is computed, because the other half repeats it.
 */
export function squareSpectrum(values: Float64Array, side: number): Float64Array {
  const plan = planFor(side);
  const { real, imaginary, rowReal, rowImaginary, powers } = plan;
  const half = side / 2;
  for (let row = 0; row < side; row += 2) {
    rowReal.set(values.subarray(row * side, (row + 1) * side));
    rowImaginary.set(values.subarray((row + 1) * side, (row + 2) * side));
    transform(rowReal, rowImaginary, plan);
    // The first row's spectrum is the even part of the sum, the second row's the odd part over i. Columns lie in rows.
    for (let k = 0; k <= half; k++) {
      const mirrored = (side - k) % side;
      const [a, b] = [rowReal[k] ?? 0, rowImaginary[k] ?? 0];
      const [c, d] = [rowReal[mirrored] ?? 0, rowImaginary[mirrored] ?? 0];
      real[k * side + row] = (a + c) / 2;
      imaginary[k * side + row] = (b - d) / 2;
      real[k * side + row + 1] = (b + d) / 2;
      imaginary[k * side + row + 1] = (c - a) / 2;
    }
  }
  for (let k = 0; k <= half; k++) {
    const columnReal = real.subarray(k * side, (k + 1) * side);
    const columnImaginary = imaginary.subarray(k * side, (k + 1) * side);
    transform(columnReal, columnImaginary, plan);
    for (let row = 0; row < side; row++) {
      const [re, im] = [columnReal[row] ?? 0, columnImaginary[row] ?? 0];
      powers[row * side + k] = re * re + im * im;
    }
  }
  return powers;
}

/** What a transform of one length needs again and again. */
interface Plan {
  readonly side: number;
  readonly reversed: Uint16Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  readonly rowReal: Float64Array;
  readonly rowImaginary: Float64Array;
  readonly powers: Float64Array;
}

const PLANS = new Map<number, Plan>();

function planFor(side: number): Plan {
  const known = PLANS.get(side);
  if (known) return known;
  const bits = Math.log2(side);
  if (!Number.isInteger(bits) || bits < 1 || bits > 12)
    throw new RangeError(`no transform of ${side} values`);
  const reversed = new Uint16Array(side);
  for (let i = 0; i < side; i++) {
    reversed[i] = ((reversed[i >> 1] ?? 0) >> 1) | ((i & 1) << (bits - 1));
  }
  const angle = (i: number) => (-2 * Math.PI * i) / side;
  const plan: Plan = {
    side,
    reversed,
    cosines: Float64Array.from({ length: side / 2 }, (_, i) => Math.cos(angle(i))),
    sines: Float64Array.from({ length: side / 2 }, (_, i) => Math.sin(angle(i))),
    real: new Float64Array((side / 2 + 1) * side),
    imaginary: new Float64Array((side / 2 + 1) * side),
    rowReal: new Float64Array(side),
    rowImaginary: new Float64Array(side),
    powers: new Float64Array(side * side),
  };
  PLANS.set(side, plan);
  return plan;
}

/** In place. */
function transform(real: Float64Array, imaginary: Float64Array, plan: Plan): void {
  const { side, reversed, cosines, sines } = plan;
  for (let i = 0; i < side; i++) {
    const j = reversed[i] ?? 0;
    if (j <= i) continue;
    const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
    real[i] = real[j] ?? 0;
    imaginary[i] = imaginary[j] ?? 0;
    real[j] = re;
    imaginary[j] = im;
  }
  for (let half = 1; half < side; half *= 2) {
    const step = side / (2 * half);
    for (let start = 0; start < side; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const cosine = cosines[k * step] ?? 0;
        const sine = sines[k * step] ?? 0;
        const upper = start + k;
        const lower = upper + half;
        const re = cosine * (real[lower] ?? 0) - sine * (imaginary[lower] ?? 0);
        const im = cosine * (imaginary[lower] ?? 0) + sine * (real[lower] ?? 0);
        real[lower] = (real[upper] ?? 0) - re;
        imaginary[lower] = (imaginary[upper] ?? 0) - im;
        real[upper] = (real[upper] ?? 0) + re;
        imaginary[upper] = (imaginary[upper] ?? 0) + im;
      }
    }
  }
}
