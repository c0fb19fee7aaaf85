import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eyeDistance } from '#renderer/camera/face.ts';
import { type Detection, peopleInView } from '#renderer/camera/people-in-view.ts';
import { syntheticFace } from './synthetic-face.ts';

const size = { width: 640, height: 480 };
const face = (x: number, distance: number) => syntheticFace({ size, x, y: 200, eyeDistance: distance });
const seen = (x: number, distance: number): Detection => {
  const width = 2.33 * distance;
  return { box: { x: x - width / 2, y: 200 - width / 3, width, height: width }, eyes: { x, y: 200 } };
};

describe('the people in view of the camera', () => {
  it('says that a person alone is alone, wherever in their own face the detector sees the eyes', () => {
    for (const off of [-60, 0, 60]) {
      const view = peopleInView({ tracked: face(320, 80), detections: [seen(320 + off, 80)], size });
      expect(view).toEqual({ faces: 1, secondFaceShare: 0, lookPast: null });
    }
  });

  it('says so too when the detector does not see a turned head', () => {
    const view = peopleInView({ tracked: face(320, 80), detections: [], size });
    expect(view).toEqual({ faces: 1, secondFaceShare: 0, lookPast: null });
  });

  it('counts somebody who waits behind, by their size in units of the tracked face', () => {
    const view = peopleInView({ tracked: face(300, 90), detections: [seen(300, 90), seen(480, 45)], size });
    expect(view.faces).toBe(2);
    expect(view.secondFaceShare).toBeCloseTo(0.5, 5);
    expect(view.lookPast).toBeNull();
  });

  it('goes by the largest of several others', () => {
    const detections = [seen(100, 30), seen(300, 90), seen(560, 60)];
    const view = peopleInView({ tracked: face(300, 90), detections, size });
    expect(view.faces).toBe(3);
    expect(view.secondFaceShare).toBeCloseTo(60 / 90, 5);
  });

  it('looks past a tracked bystander when the person at the terminal is nearer', () => {
    const view = peopleInView({ tracked: face(480, 45), detections: [seen(480, 45), seen(300, 90)], size });
    expect(view.secondFaceShare).toBeCloseTo(2, 5);
    // The whole of the tracked face, from temple to temple and from brow to chin.
    const { x, y, width, height } = view.lookPast ?? { x: 0, y: 0, width: 0, height: 0 };
    expect([x, x + width].map(Math.round)).toEqual([433, 527]);
    expect([y, y + height].map(Math.round)).toEqual([160, 277]);
  });

  it('does not let two take turns who are about as near', () => {
    const [left, right] = [seen(240, 80), seen(430, 85)];
    for (const tracked of [face(240, 80), face(430, 85)]) {
      expect(peopleInView({ tracked, detections: [left, right], size }).lookPast).toBeNull();
    }
  });

  it('keeps to the central one when somebody about as near stands at the edge', () => {
    const detections = [seen(320, 80), seen(590, 88)];
    const view = peopleInView({ tracked: face(320, 80), detections, size });
    expect(view.secondFaceShare).toBeCloseTo(1.1, 5);
    expect(view.lookPast).toBeNull();
  });

  it('stays within its bounds whatever is detected', () => {
    const place = fc.double({ min: -200, max: 900, noNaN: true });
    const distance = fc.double({ min: 0.01, max: 500, noNaN: true });
    const detection = fc.tuple(place, distance).map(([x, apart]) => seen(x, apart));
    fc.assert(
      fc.property(place, distance, fc.array(detection, { maxLength: 8 }), (x, apart, detections) => {
        const view = peopleInView({ tracked: face(x, apart), detections, size });
        expect(view.secondFaceShare).toBeGreaterThanOrEqual(0);
        expect(view.secondFaceShare).toBeLessThanOrEqual(10);
        expect(view.faces).toBeLessThanOrEqual(1 + detections.length);
        if (view.faces === 1) expect(view).toMatchObject({ secondFaceShare: 0, lookPast: null });
      }),
    );
  });

  it('measures the distance between the eyes in pixels', () => {
    expect(eyeDistance(face(320, 82), size)).toBeCloseTo(82, 5);
  });
});
