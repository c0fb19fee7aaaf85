import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { WireFrameSchema } from '#contract/station-api.ts';
import { type LandmarkFrame, TRACKED_POINTS } from '#domain/liveness/landmark-frame.ts';
import { toWireFrame } from '#renderer/camera/wire-frame.ts';

const nobody: LandmarkFrame = {
  at: 1234.5,
  width: 640,
  height: 480,
  faces: 0,
  points: null,
  secondFaceShare: 0,
  texture: null,
  colour: null,
  digest: 0,
  light: null,
};

describe('a frame on the wire', () => {
  it('passes the contract when nobody is there', () => {
    expect(v.parse(WireFrameSchema, toWireFrame(nobody))).toEqual(nobody);
  });

  it('carries every coordinate as little-endian Int16', () => {
    const coordinates = fc.array(fc.integer({ min: -32_768, max: 32_767 }), {
      minLength: TRACKED_POINTS.length * 3,
      maxLength: TRACKED_POINTS.length * 3,
    });
    fc.assert(
      fc.property(coordinates, (values) => {
        const wire = v.parse(
          WireFrameSchema,
          toWireFrame({ ...nobody, faces: 1, points: Int16Array.from(values) }),
        );
        const bytes = Buffer.from(wire.points ?? '', 'base64');
        expect(values.map((_, i) => bytes.readInt16LE(2 * i))).toEqual(values);
      }),
    );
  });
});
