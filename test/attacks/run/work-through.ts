import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import type { OpenStage } from './open-stage.ts';
import type { Progress } from './progress.ts';

/** Tells whose face a picture shows; null where that cannot be told. */
export type Embed = (jpeg: Uint8Array) => Promise<FaceEmbedding | null>;

/** Something that needs a browser and is kept when it is done. */
export interface Task {
  readonly name: string;
  readonly run: (tools: { readonly stage: OpenStage; readonly embed: Embed }) => Promise<void>;
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
  browsers,
  progress,
  embed,
  openStage,
}: {
  readonly tasks: readonly Task[];
  readonly browsers: number;
  readonly progress: Progress;
  readonly embed: Embed;
  readonly openStage: () => Promise<OpenStage>;
}): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  const waiting = [...tasks];

  async function work(): Promise<void> {
    let stage: OpenStage | null = null;
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      stage ??= await openStage();
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
