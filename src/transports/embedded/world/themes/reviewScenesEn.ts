import type { Scene } from '../scenes'

/** Exchanges in English about screens, parts, pixels and lunch. */
export const reviewScenesEn: readonly Scene[] = [
  `A: [Anyone else seeing this?|Small thing:|Found one.|Hm.] {part} on {screen} {flaw}
   B: [On which device?|Which browser?|Really? Where?|Can you reproduce it?]
   A: {device}[, every time|, about one time in {n=2-6}|. Only after a refresh|, private window too]
   B: [Then it is|Found it:|I bet on|That would be] {cause}. [Fixing it|I'll fix it|Fix comes] {when}
   A: {*ack}`,
  `A: New round for {screen}: {url}
   B: [First impression:|Oh,|I like it,|Quick reaction:] {praise}. [But|One thing though:|Only] {part} feels [heavy|lost|a bit shy|too close to the edge]
   A: [Would|What if we gave it|Better with|Try] {size} more air?
   B: [Yes.|Exactly that.|Maybe even {s=size}.|Hard to say without seeing it.]
   A: [Updated, same link.|Pushed.|See the second frame now.]
   C: {*ack}`,
  `A: @B could you [have a look at|review|sanity-check] {branch} [today|{when}|when you have ten minutes]? It only touches {part}
   B: [Sure|Of course|Yes], {when}
   B: [Left {n=2-9} comments|{n=2-9} small remarks, nothing blocking|Done, {n=2-9} comments], [the one about {token} matters|mostly naming|only the one on {screen} is serious]
   A: [Fixed all of them|All fair|Answered them], [except|but not] the last one: {part} [needs|wants] that {size}
   B: [Convinced.|Fine, you win.|OK, approved ✅|Approved with a sigh 😌]`,
  `A: !Here is {screen} [with the {tone} theme|in {tone}|after the clean-up|as it looks on {device}]
   B: [This looks|It's|Wow,] {praise}
   C: Is {part} supposed to [sit that low|be that small|have no border|be {tone=tone} too]?
   A: [Yes, on purpose|No, that's {cause}|Good eyes, no|Only in this shot]
   C: {*ack}`,
  `A: Notes from today's review of {screen}:¶{list:note}
   B: [I take|Mine:] the first [two|one]
   C: I'll do [the rest|what is left|the boring ones] {when}
   A: {*ack}`,
  `A: [My list for|Left over from|Things I noticed on] {screen}, in no order¶{list:note}
   B: [That's a lot for one screen|I counted {n=3-6} that are my fault|Fair list] 😅`,
  `A: [Do we say|Is it|What's our word:] “{w=verbA}” or “{v=verbB}” on {screen}?
   B: “{w}”. [Shorter.|It's what people look for.|We decided that in spring.|The other one sounds like a tax form.]
   C: [In the last test|With the {n=4-9} people I watched], {k=2-4} clicked [somewhere else entirely|on the heading|the logo 🙃] [because of|when they saw] “{v}”
   A: “{w}” it is`,
  `A: Research summary: [I watched|we tested with|talked to] {n=5-14} people on {screen}. {k=2-5} of them [never found|missed|were afraid of|loved] {part}. [One said|My favourite quote|Best line]: “{quote}”
   B: [Ouch|😂|That quote goes on the wall]
   C: [Is it the label or the place?|Would a bigger target help?|Did anybody scroll?]
   A: [The place, I think.|The label, clearly.|Both, honestly.|Hard to tell with {n} people.] [Full notes:|Recording and notes:] {url}`,
  `A: [Why does|Who can tell me why|Riddle of the day: why does] {part} use {code}?
   B: [Because|Ah.|History:] {cause}. [Please don't touch it before the release|It can go now|Nobody dared to remove it]
   A: [I removed it and nothing broke|Removed. Tests are green|I'll leave a comment there], [so far|{when} we'll know more|fingers crossed 🤞]
   B: [famous last words|brave|{*emoji}]`,
  `A: Does our renderer show {markup} as [text|plain text|it was typed]? [Somebody|A customer|A tester] put {m=markup} into the title on {screen}
   B: [It should stay exactly as typed:|Yes, you see it raw:] {markup} and {m}
   A: [And in the notification?|And inside a quote?|Also in search results?]
   B: [Same.|Same rule everywhere.|Also raw, I just tried {m}.] [We never build HTML from text|There is no way in, text is text]
   A: {*ack}`,
  `A: [Stand-up, since I'm at|Written stand-up, I'm in|Not at my desk today, working from] {place}:¶[Yesterday|Done]: {screen}, {part}¶[Today|Next]: {s=screen}, then {branch}¶[Blocked|In my way]: {cause}
   B: [Thanks|Same here, plus {p=part}|I can unblock you {when}]`,
  `A: [Contrast check|Accessibility pass] on {screen}: {tone} on white gives {two}.{n=0-9}:1. [We need 4.5|That fails AA|Not enough for body text]
   B: [And with {t=tone}?|Would one step darker do?|What about bold?]
   A: [4.{k=6-9}, passes|5.{k=0-9}, comfortable|Passes, and it still looks {praise}]
   B: Then {token} [moves one step|gets the darker value|changes {when}]. [I'll tell the others|Snapshots will scream, ignore them]`,
  `A: [I'm late|Running late|Ten minutes late], {excuse}
   B: [No worries|We start with {screen} then|Take your time|The agenda was optimistic anyway]`,
  `A: [Lunch?|Who's hungry?|Food?] [I'm thinking|I vote for|There is a queue already at] {food}
   B: [In|Yes!|Five minutes|Save me a seat|I brought {f=food}, but I'll sit with you]
   C: {*emoji}`,
  `A: {*emoji}
   B: {*emoji}`,
  `A: {part} is [merged|live on preview|in] 🎉 [It took|Only] {n=2-9} [commits|tries|coffees|opinions]
   B: {*emoji}
   C: [Finally|It looks|Tried it on {device}:] {praise}`,
  `A: @B [quick question|question for you]: on {screen}, is the gap {size} or {s=size}?
   B: {size}. [{s} is only for dialogs|{s} was the old grid|Where do you see {s}?]
   A: [In the file:|Here:] {url}
   B: [Old frame, sorry. Deleting it {when}|That frame is a zombie 🧟|Then the file is wrong and I am right, for once]`,
  `A: [Can we please|Proposal: let's|Wild idea:] [drop|remove|hide] {part} from {screen}? [{n=2-9} % of people use it|Nobody has clicked it since March|It has {n=3-9} states and three bugs]
   B: [The few are loud, though|Support will ask|I'd keep it behind a menu|Yes. With pleasure.]
   C: [Measure first, then remove?|Let's ask {n=3-8} of them|Can we try for two weeks?]
   A: [OK: experiment starts {when}|Good plan, I'll write it down|Then a flag, {branch}]
   B: {*ack}`,
  `A: I have been thinking about {screen} [all weekend|on the train|instead of sleeping], and I believe we are solving the wrong problem. People don't get lost because {part} is in the wrong place; they get lost because [we ask them to decide before they have seen anything|we show {n=5-12} things with the same weight|the page never tells them what happened last]. If we [showed one thing first|merged the first two steps|let them undo] and left the rest for later, most of our [small fixes|tooltips|arguments] would not be needed. I know this is not a small change, and I know we said no big changes before the release. I'd still like half an hour {when} to show [two sketches|a rough prototype|what I mean on paper]. Bring [tea|doubts|biscuits].
   B: [I'm in|Read it twice. I think you're right|You had me at biscuits]
   C: [Half an hour, {place}, {when}?|Can we record it? I'm out {when}|Counter-argument: {part} tested well. But yes, let's talk]
   A: [Booked|Invitation is out|See you there] 📌`,
  `A: [The build fails with|My terminal says|What is this even:] {monster}
   B: [Ah, that's {cause}|Delete the cache|I have seen this. Pull {branch}]
   A: [That was it|Magic|Works now], [thank you|I owe you {food}] {*oops}`,
  `A: [Motion question|About the animation]: {part} opens in {n=12-48}0 ms. [Too slow?|Feels slow to me|Opinions?]
   B: [I'd go {k=12-22}0|Half of that|It's not the time, it's the easing]
   C: [With reduced motion it should simply appear|Please respect {code}|Whatever you choose, no bounce]
   A: [{k=12-22}0 then, no bounce 🏀|Changed, try preview|OK, less circus]`,
  `A: [Dark mode|Night theme] on {screen} [is nearly there|still has {n=2-9} white flashes|looks {praise}]. [What is left|Only|Still open]: {part} and {p=part}
   B: {p} [uses a hard-coded colour|has no token yet], [I'll map it to|make it] {token}
   A: [Great|Do it {when}?|You are a gift]`,
  `A: Who [owns|knows|last touched] {part}?
   B: [git blame says|I think|Sadly:] {C}
   C: [I plead guilty|That was a different me|Allegedly], [what did it do?|is it {flaw2}?|what's broken?]
   A: [It|On {screen} it] {flaw}
   C: [Give me until|I'll look|Fix comes] {when}`,
  `A: [Numbers for {screen}, new version|{screen}, one week after the change]: [time to finish|drop-off|support mails] down {n=4-38} %, {k=2-9} [complaints|kind mails|bug reports]
   B: [That's huge|Better than I feared|Is that significant?|Which ones were complaints?]
   A: [Mostly {part}|One about {part}, one about the weather|All about {tone}. People have feelings about {tone}]
   C: {*ack}`,
  `A: [Copy review|Words for {screen}], please pick:¶A) “{line}”¶B) “{l=line}”¶C) [nothing at all|just the icon|your idea here]
   B: [A|B|B, but without the exclamation mark|C, always C|A. B is too clever]
   C: [A|B|B|A, and {part} says the rest]
   A: [Settled|Thanks, done|Two against me, accepted] 🗳️`,
  `A: [Reminder|Friendly reminder|Calendar says]: review of {screen} {when}, {place}. [Bring|Please have a look at] {url} [before|first]
   B: [I'll be there|Joining from {p=place}|Can't, {excuse}. Notes, please 🙏]
   C: {*ack}`,
  `A: [Tested|Tried|Just used] {screen} [with VoiceOver|with the keyboard only|with a screen reader|one-handed, holding a baby]. {part} {flaw}
   B: [What should it do instead?|Expected?|Does the order make sense at least?]
   A: [Say what it is, once.|Keep the focus where I was.|Nothing surprising.] [Something like|I'd try] {code}
   B: [Trying it {when}|OK, on my list|Makes sense, I'll pair with {C}]
   C: {*ack}`,
  `A: [Found this on my phone|View from {place}|Inspiration for the {tone} theme|Morning walk. Look at that palette]
   A: !
   B: [Beautiful|Can we have that gradient, please|Palette: {tone}, {t=tone}, and a bit of hope|🤩]`,
  `A: !Palette [idea|study|experiment] number {n=3-60}: {tone} and {t=tone}
   B: [{t} for text would fail|I'd use {tone} only for big areas|Looks {praise}]`,
  `A: {part}: [round|rounder|square] corners? [{size}|currently {size}]
   B: {s=size}[. Same as the card|, if the card has {size}|. Inner radius = outer minus padding]
   A: [Maths in the design channel 😱|I love when you talk geometry|OK OK]`,
  `A: [Sorry for the noise|Testing, ignore me|Ignore this] {*emoji}
   B: [Too late|We saw everything|Test received 📬]`,
  `A: [Anyone for a quick call|Can somebody pair with me|Two more eyes needed] on {screen}? {part} {flaw} [and I'm out of ideas|and I have tried everything|since {branch}]
   B: [Room is open|Calling|{when}? I'm in {place}]
   A: [Solved. It was {cause}|Thanks {B}, it was {cause}|Found: {cause}. {n=20-90} minutes for one line]
   C: [Classic|Every time|Put it in the wiki?]`,
]

/** Words that only these exchanges need. */
export const reviewPhrasesEn = {
  verbA: ['Save', 'Send', 'Done', 'Leave', 'Join', 'Undo', 'Share', 'Archive', 'Keep', 'Start'],
  verbB: [
    'Apply changes',
    'Transmit',
    'Proceed',
    'Exit',
    'Participate',
    'Revert',
    'Distribute',
    'Put away',
    'Retain',
    'Initiate',
  ],
  quote: [
    'Oh, that was a button?',
    'I just close it and hope',
    'It is nicer than my bank',
    'My son does this for me',
    'I thought the grey one was asleep',
    'Who is Submit?',
    'I would pay to get rid of the sound',
    'Finally one that lets me go back',
    'I read everything. Nobody believes me',
    'It looks expensive, is it expensive?',
  ],
  flaw2: ['on fire', 'the scrollbar again', 'the focus thing', 'because of the release', 'a Friday bug'],
  line: [
    'Nothing here yet. Enjoy the silence.',
    'All caught up',
    'You are offline. We keep your words safe.',
    'That did not work. Try again?',
    'Your {*tone} period starts now',
    'Saved. Go outside.',
    'No results for “{*tone}”',
    'Welcome back',
    'Almost there: step {*digit} of 7',
    'We lost the connection, not your text',
  ],
}
