/**
 * A fine pattern of interwoven waves for the card's ground, in the manner of security print.
 *
 * Returns one SVG path for each of `lines` lines over a box of `width` by `height` units. The same input gives the same
 * path; it carries no data.
 */
export function guilloche(options: {
  readonly width: number;
  readonly height: number;
  readonly lines: number;
}): readonly string[] {
  const { width, height, lines } = options;
  const step = width / 96;
  return Array.from({ length: lines }, (_, line) => {
    const share = line / (lines - 1);
    const points: string[] = [];
    for (let x = -step; x <= width + step; x += step) {
      const wide = Math.sin((x / width) * Math.PI * 2 + share * Math.PI * 1.6);
      const fine = Math.sin((x / width) * Math.PI * 5 - share * Math.PI * 3);
      const y = height * (0.5 + 0.34 * wide * Math.cos(share * Math.PI) + 0.16 * fine);
      points.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
    }
    return `M${points.join('L')}`;
  });
}
