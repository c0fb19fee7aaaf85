import { describe, expect, it } from 'vitest';
import { LEFT_EYE, LIPS, MESH_POINTS, RIGHT_EYE } from '../../../tools/build-model/mesh-points.ts';
import { landmarkSources } from '../../../tools/build-model/refine-attention.ts';

describe('the index of the refined landmarks', () => {
  const sources = landmarkSources();

  it('names a source for x, y and z of all 478 points', () => {
    expect(sources).toHaveLength(478 * 3);
    const size = 3 * MESH_POINTS + 160 + 142 + 142 + 10 + 10 + 2;
    expect(sources.every((source) => source >= 0 && source < size)).toBe(true);
  });

  it('takes x and y of lips and eyes from the finer tensors and their depth from the mesh', () => {
    for (const point of [...LIPS, ...LEFT_EYE, ...RIGHT_EYE]) {
      expect(sources[3 * point]).toBeGreaterThanOrEqual(3 * MESH_POINTS);
      expect(sources[3 * point + 1]).toBe((sources[3 * point] ?? 0) + 1);
      expect(sources[3 * point + 2]).toBe(3 * point + 2);
    }
  });

  it('uses every refined coordinate exactly once', () => {
    const refined = sources.filter((source) => source >= 3 * MESH_POINTS && source < 3 * MESH_POINTS + 464);
    expect(new Set(refined).size).toBe(464);
    expect(refined).toHaveLength(464);
  });

  it('gives the five points of an iris one depth', () => {
    const depths = (first: number) => new Set([0, 1, 2, 3, 4].map((i) => sources[3 * (first + i) + 2]));
    expect([...depths(468), ...depths(473)]).toHaveLength(2);
  });
});
