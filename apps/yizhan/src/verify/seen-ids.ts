/** Words per slot: a UUID is four 32-bit numbers. */
const WORDS = 4;

/** A set of UUIDs at 16 bytes each, because an export of a million events would fill the heap with texts. */
export class SeenIds {
  private slots = new Uint32Array(WORDS * 1024);
  private size = 0;

  /** Adds the id; false where it was there already. */
  add(id: string): boolean {
    const words = wordsOf(id);
    const at = this.find(this.slots, words);
    if (this.slots[at + 1] !== 0) return false;
    this.slots.set(words, at);
    this.size += 1;
    if (this.size * WORDS * 2 > this.slots.length) this.grow();
    return true;
  }

  /** True where the id has been added. */
  has(id: string): boolean {
    return this.slots[this.find(this.slots, wordsOf(id)) + 1] !== 0;
  }

  /** The slot of the id, or the free slot where it belongs. The second word holds the version, so it is zero only in a free slot. */
  private find(slots: Uint32Array, words: readonly number[]): number {
    const mask = slots.length / WORDS - 1;
    let slot = (words[3] ^ Math.imul(words[2], 0x9e3779b1) ^ Math.imul(words[0], 0x85ebca6b) ^ words[1]) & mask;
    for (;;) {
      const at = slot * WORDS;
      if (slots[at + 1] === 0) return at;
      if (
        slots[at] === words[0] &&
        slots[at + 1] === words[1] &&
        slots[at + 2] === words[2] &&
        slots[at + 3] === words[3]
      )
        return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const wider = new Uint32Array(this.slots.length * 2);
    for (let at = 0; at < this.slots.length; at += WORDS) {
      if (this.slots[at + 1] === 0) continue;
      const words = [...this.slots.subarray(at, at + WORDS)];
      wider.set(words, this.find(wider, words));
    }
    this.slots = wider;
  }
}

function wordsOf(id: string): number[] {
  const hex = id.replaceAll('-', '');
  return [0, 8, 16, 24].map((from) => Number.parseInt(hex.slice(from, from + 8), 16));
}
