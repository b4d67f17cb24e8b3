// Hash tables in typed arrays, open addressing.

/** Byte strings, each with a salt below 2^24, to numbers from 0 on. */
export class Keys {
  count = 0;
  #mask = (1 << 16) - 1;
  #slots = new Int32Array(1 << 16).fill(-1);
  #hashes = new Int32Array(1 << 15);
  #offsets = new Uint32Array((1 << 15) + 1);
  #salts = new Int32Array(1 << 15);
  #arena = new Uint8Array(1 << 20);

  /** The number of bytes[start, end); its complement (~) where it is new. */
  find(bytes, start, end, salt) {
    const hash = hashOf(bytes, start, end, salt);
    const slots = this.#slots;
    const mask = this.#mask;
    let place = hash & mask;
    for (;;) {
      const number = slots[place];
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#salts[number] === salt && this.#is(number, bytes, start, end)) return number;
      place = (place + 1) & mask;
    }
    slots[place] = this.count;
    return ~this.#insert(bytes, start, end, salt, hash);
  }

  /** The bytes behind a number. */
  key(number) {
    return this.#arena.subarray(this.#offsets[number], this.#offsets[number + 1]);
  }

  #is(number, bytes, start, end) {
    const from = this.#offsets[number];
    const length = end - start;
    if (this.#offsets[number + 1] - from !== length) return false;
    const arena = this.#arena;
    for (let i = 0; i < length; i++) if (arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #insert(bytes, start, end, salt, hash) {
    const number = this.count++;
    this.#hashes[number] = hash;
    this.#salts[number] = salt;
    let to = this.#offsets[number];
    const behind = to + end - start;
    if (behind > this.#arena.length) this.#arena = longer(this.#arena, Math.max(behind, this.#arena.length * 2));
    for (let i = start; i < end; i++) this.#arena[to++] = bytes[i];
    this.#offsets[number + 1] = behind;
    if (this.count >= this.#hashes.length) this.#grow();
    return number;
  }

  #grow() {
    const room = (this.#mask + 1) * 2;
    this.#mask = room - 1;
    this.#hashes = longer(this.#hashes, room / 2);
    this.#salts = longer(this.#salts, room / 2);
    this.#offsets = longer(this.#offsets, room / 2 + 1);
    this.#slots = new Int32Array(room).fill(-1);
    for (let number = 0; number < this.count; number++) {
      let place = this.#hashes[number] & this.#mask;
      while (this.#slots[place] >= 0) place = (place + 1) & this.#mask;
      this.#slots[place] = number;
    }
  }
}

/** A set of pairs of integers, the first of which is never negative. */
export class Pairs {
  #mask = (1 << 16) - 1;
  #firsts = new Int32Array(1 << 16).fill(-1);
  #seconds = new Int32Array(1 << 16);
  #count = 0;

  /** Whether the pair is new. */
  add(first, second) {
    let place = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    place = (place ^ (place >>> 15)) & this.#mask;
    const firsts = this.#firsts;
    const seconds = this.#seconds;
    while (firsts[place] >= 0) {
      if (firsts[place] === first && seconds[place] === second) return false;
      place = (place + 1) & this.#mask;
    }
    firsts[place] = first;
    seconds[place] = second;
    if (++this.#count * 2 > this.#mask) this.#grow();
    return true;
  }

  each(take) {
    for (let i = 0; i < this.#firsts.length; i++) if (this.#firsts[i] >= 0) take(this.#firsts[i], this.#seconds[i]);
  }

  #grow() {
    const [firsts, seconds] = [this.#firsts, this.#seconds];
    const room = firsts.length * 2;
    this.#mask = room - 1;
    this.#firsts = new Int32Array(room).fill(-1);
    this.#seconds = new Int32Array(room);
    this.#count = 0;
    for (let i = 0; i < firsts.length; i++) if (firsts[i] >= 0) this.add(firsts[i], seconds[i]);
  }
}

/** FNV-1a with the last steps of MurmurHash3. */
function hashOf(bytes, start, end, salt) {
  let hash = salt;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function longer(list, length) {
  const copy = new list.constructor(length);
  copy.set(list);
  return copy;
}
