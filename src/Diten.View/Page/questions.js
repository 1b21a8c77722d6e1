const element = id => document.getElementById(id), signed = text => text.replace(/^(?=\d)/, '+');

/** Questions: time stops for them, they take a guess, and tell what came when it is known. */
export class Questions {
  #shown = null;

  constructor(lecture) {
    this.lecture = lecture;
    this.key = `diten-lecture ${lecture.told.title} ${lecture.told.seeds}`;
    this.guesses = JSON.parse(sessionStorage.getItem(this.key) ?? '{}'); // by scene and question: { guess, told }; guess −1 = none was given
    element('question').addEventListener('submit', event => {
      event.preventDefault();
      const checked = element('answers').querySelector('input:checked');
      if (checked) this.give(+checked.value);
    });
    element('skip').addEventListener('click', () => this.give(-1));
  }

  /** Questions of the pair that is shown. */
  get own() { return this.lecture.shown.questions.filter(question => question.load === this.lecture.load); }

  /** The first one that waits for an answer; undefined where none does. */
  get waiting() { return this.own.find(question => !this.#given(question)); }

  /** Whether all that a pair asks has been told. */
  toldAll(scene, load) { return scene.questions.filter(question => question.load === load).every(question => this.guesses[`${scene.name}.${question.name}`]?.told); }

  enter() { this.#shown = null; }

  /** Shows the question of a slot; true where it stops time. */
  show(slot) {
    for (const question of this.own) {
      const given = this.#given(question);
      if (given && !given.told && question.tells <= slot) {
        given.told = true;
        this.#keep();
        this.#shown = null;
      }
    }
    const waits = this.waiting, due = waits && waits.slot <= slot;
    const question = due ? waits : this.own.filter(each => this.#given(each) && each.slot <= slot).at(-1) ?? null;
    const key = question && JSON.stringify([question.name, question.load, this.#given(question) ?? null]);
    if (key !== this.#shown) {
      const came = due && this.lecture.playing;
      this.#draw(question);
      this.#shown = key;
      if (came) this.focus();
    }
    this.#list();
    return due;
  }

  focus() { element('answers').querySelector('input')?.focus(); }

  /** Takes a guess, and lets time go on. */
  give(number) {
    const question = this.waiting;
    if (!question || question.slot > this.lecture.slot || number >= question.answers.length) return;
    this.guesses[this.#name(question)] = { guess: number, told: false };
    this.#keep();
    if (document.activeElement?.closest('#question')) element('play').focus();
    this.lecture.show();
    if (!this.lecture.playing) this.lecture.toggle();
  }

  #draw(question) {
    element('question').hidden = !question;
    if (!question) return;
    const given = this.#given(question), told = given?.told;
    element('asks').textContent = question.asks;
    element('answers').replaceChildren(...question.answers.map((answer, i) => {
      const label = document.createElement('label'), input = Object.assign(document.createElement('input'), { type: 'radio', name: 'answer', value: i, required: true });
      Object.assign(input, { checked: given?.guess === i, disabled: Boolean(given) });
      const verdict = Object.assign(document.createElement('span'), { className: 'verdict', textContent: told ? { right: '✓ right', wrong: '✗', open: '? open' }[answer.verdict] : '' });
      if (told && answer.verdict === 'wrong') verdict.setAttribute('aria-label', 'wrong');
      label.append(input, `${i + 1}. ${answer.says}`, verdict);
      return label;
    }));
    element('buttons').hidden = Boolean(given);
    element('told').textContent = !given ? '' : told ? this.#outcome(question, given) : `${this.#said(question, given)}\nWhat came is told in slot ${question.tells}.`;
  }

  #said(question, { guess }) { return guess < 0 ? 'You gave no answer.' : `Your answer: ${question.answers[guess].says}`; }

  #outcome(question, given) {
    const right = question.answers.some(answer => answer.verdict === 'right'), mine = question.answers[given.guess]?.verdict;
    return [
      `${this.#said(question, given)}${mine ? ` That is ${mine}.` : ''}`,
      `Measured, ${question.figure.title.split(', ')[0]} in slots ${question.from} to ${question.to - 1}: right less left ${signed(question.measured)} (mean difference, 95 % interval, ${this.lecture.told.seeds} worlds).`,
      right ? question.because.replaceAll('\n\n', ' ') : 'So many worlds cannot tell: no answer has the whole interval in its range.',
    ].filter(Boolean).join('\n');
  }

  /** What was answered in all scenes, as far as it has been told. */
  #list() {
    const rows = this.lecture.told.scenes.flatMap((scene, i) => scene.questions.map(question => ({ i, question, given: this.guesses[`${scene.name}.${question.name}`] })))
      .filter(({ given }) => given?.told);
    element('guesses').hidden = rows.length === 0;
    const right = rows.filter(({ question, given }) => question.answers[given.guess]?.verdict === 'right').length;
    const head = document.createElement('caption');
    head.textContent = `${right} of ${rows.length} right`;
    element('mine').replaceChildren(head, ...rows.map(({ i, question, given }) => {
      const row = document.createElement('tr');
      for (const text of [`${i + 1}`, question.asks, given.guess < 0 ? 'none' : { right: '✓ right', wrong: '✗ wrong', open: '? open' }[question.answers[given.guess].verdict]])
        row.append(Object.assign(document.createElement('td'), { textContent: text }));
      return row;
    }));
  }

  #name(question) { return `${this.lecture.shown.name}.${question.name}`; }

  #given(question) { return this.guesses[this.#name(question)]; }

  #keep() { sessionStorage.setItem(this.key, JSON.stringify(this.guesses)); }
}
