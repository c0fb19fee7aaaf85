export { nodeDigests } from '#protocol/digests.ts';
