import { idle, perform } from '../citizens/performance.ts';
import { openCameraPage } from '../renderer/camera/camera-page.ts';
import { recordTrace } from '../renderer/camera/record-trace.ts';
import { type BenchLine, median, quantile } from './bench-line.ts';

/**
 * From a video frame of 640x480 in the tracker's worker to the landmark frame it reports: scaling, landmarks, light
 * and the choice of the portrait. The clip is rendered before anything is measured.
 */
const FRAMES = 240;
const FRAMES_PER_SECOND = 30;

export async function* run(): AsyncIterable<BenchLine> {
  const { page, close } = await openCameraPage({ withStudio: true });
  try {
    const { frames, times } = await recordTrace({
      page,
      heads: ['lin'],
      views: Array.from({ length: FRAMES }, (_, i) => {
        const time = (i * 1000) / FRAMES_PER_SECOND;
        const pose = perform({ action: 'turn-left', time: time - 2000 }, idle(time, { blinking: true }));
        return { people: [{ head: 'lin' as const, pose }], noise: { seed: 1, frame: i, level: 2 } };
      }),
      framesPerSecond: FRAMES_PER_SECOND,
      atLeast: 200,
    });
    const tracked = times.filter((_, i) => frames[i]?.points);
    const line = (metric: string, value: number): BenchLine => ({
      bench: 'face',
      metric,
      value: Number(value.toFixed(2)),
      unit: 'ms',
      n: tracked.length,
    });
    yield line('ms_median', median(tracked));
    yield line('ms_p95', quantile(tracked, 0.95));
  } finally {
    await close();
  }
}
