import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import { createFaceReader } from '../../../src/faces/face-reader.ts';
import type { OpenStage, StageFiles } from './open-stage.ts';
import { openStage } from './open-stage.ts';
import type { Progress } from './progress.ts';

/** Something that needs a browser and is kept when it is done. */
export interface Task {
  readonly name: string;
  readonly run: (tools: {
    readonly stage: OpenStage;
    readonly embed: (jpeg: Uint8Array) => Promise<FaceEmbedding | null>;
  }) => Promise<void>;
}

export interface Failure {
  readonly name: string;
  readonly detail: string;
}

/**
 * Works through tasks with several browsers side by side. What throws is told and counted, and its browser replaced: the
 * others go on.
 */
export async function workThrough({
  tasks,
  files,
  browsers,
  progress,
}: {
  readonly tasks: readonly Task[];
  readonly files: StageFiles;
  readonly browsers: number;
  readonly progress: Progress;
}): Promise<readonly Failure[]> {
  if (tasks.length === 0) return [];
  const reader = await createFaceReader();
  const failures: Failure[] = [];
  const waiting = [...tasks];

  async function embed(jpeg: Uint8Array): Promise<FaceEmbedding | null> {
    const embedded = await reader.embed({ bytes: jpeg, from: 'frame' });
    return embedded.ok ? embedded.value : null;
  }

  async function work(): Promise<void> {
    let stage: OpenStage | null = null;
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      stage ??= await openStage(files);
      try {
        await task.run({ stage, embed });
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        failures.push({ name: task.name, detail });
        progress.say(`${task.name}: ${detail}`);
        await stage.close();
        stage = null;
      }
      progress.done(task.name);
    }
    await stage?.close();
  }

  await Promise.all(Array.from({ length: Math.min(browsers, tasks.length) }, work));
  progress.end();
  return failures;
}
