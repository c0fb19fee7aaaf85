import { describe, expect, it } from 'vitest';
import type { OpenStage } from './open-stage.ts';
import { type Task, workThrough } from './work-through.ts';

function watched() {
  const open = { now: 0, ever: 0 };
  const lines: string[] = [];
  const done: string[] = [];
  const openStage = async (): Promise<OpenStage> => {
    open.now += 1;
    open.ever += 1;
    return {
      begin: () => Promise.reject(new Error('nothing to show')),
      thumbnail: () => Promise.reject(new Error('nothing to show')),
      close: async () => {
        open.now -= 1;
      },
    };
  };
  const progress = {
    done: (what: string) => void done.push(what),
    say: (line: string) => void lines.push(line),
    end: () => undefined,
  };
  return { open, lines, done, openStage, progress, embed: async () => null };
}

const task = (name: string, run: Task['run'] = async () => undefined): Task => ({ name, run });

describe('working through presentations', () => {
  it('tells and counts one that throws, replaces its browser and goes on with the others', async () => {
    const { open, lines, done, ...given } = watched();
    const tasks = [
      task('a'),
      task('b', ({ stage }) => stage.begin().then(() => undefined)),
      task('c'),
      task('d'),
    ];
    expect(await workThrough({ ...given, tasks, browsers: 1 })).toEqual([
      { name: 'b', detail: 'nothing to show' },
    ]);
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(lines).toEqual(['b: nothing to show']);
    expect(open).toEqual({ now: 0, ever: 2 });
  });

  it('opens no more browsers than were asked for, and none for nothing', async () => {
    const many = watched();
    const tasks = Array.from({ length: 9 }, (_, index) => task(String(index)));
    await workThrough({ ...many, tasks, browsers: 3 });
    expect(many.done.toSorted()).toEqual(tasks.map(({ name }) => name));
    expect(many.open).toEqual({ now: 0, ever: 3 });
    const none = watched();
    await workThrough({ ...none, tasks: [], browsers: 3 });
    expect(none.open.ever).toBe(0);
  });
});
