import type { Scene } from '../scenes'

/** Exchanges between people of different languages, and some in Arabic. */
export const reviewScenesMixed: readonly Scene[] = [
  `#zh,en
   A: @B {zscreen}的{zpart}[标注|稿子]好像跟线上不一致,差 {size}
   B: [You're right|Yes|My mistake], the file says {s=size}. [Line is right, file is old|I'll update the file {when}]
   A: 好,[按线上的来|以 {size} 为准|我这边不动]`,
  `#en,zh
   A: @B [what do we write on|I need the Chinese word for] the big button on {screen}[|, it has to be short|: two characters would be perfect]?
   B: “{v=zverb}”,[两个字就够|别用“确认{v}”|英文按钮宽度留够就行]
   A: [Two characters! I'm jealous.|Perfect fit.|Thanks! 谢谢 🙏]`,
  `#en,zh,en
   A: Demo of {screen} [went well|is over|: they liked it]. [They asked about|One question:] {part} {n=2-5} times
   B: [太好了 🎉|辛苦辛苦|{zpart}是我最担心的]
   C: [What did you answer?|And {part}?|Send them the link: {url}]
   A: [That it is on the list|The truth: {cause}|That {B} is a magician]`,
  `#zh,en
   A: [翻译一下:|TL;DR:]{zscreen}先不改,{zwhen}再看数据
   B: So no change there until [we have numbers|next week|the data is in]? [Fine by me|OK 👌|I'll park {branch}]
   A: [对|Yes!|没错 👍]`,
  `#ar,en
   A: راجعت {ascreen} بالعربية: {apart} [ما زال في الجهة الخطأ|يظهر مقلوبًا|يحتاج إلى مسافة أكبر|لا ينعكس مع الاتجاه] ({size})
   B: [Is that|So that's] the RTL issue on {screen}? [Logical properties everywhere except there|I see {code} missing|It is {cause}]
   A: [نعم، بالضبط|صحيح]. The arrow should point [right|the other way], numbers stay [as they are|left to right]: 123-{n=100-999}
   B: [Fixed in|Pushed to] {branch}, [have a look {when}|check again please]
   A: {*aack}`,
  `#ar,ar
   A: هل جرّبتم {ascreen} [على الهاتف|بالخط الجديد|في الوضع الليلي]؟
   B: [نعم، يبدو أجمل بكثير|جرّبته، لكن الخط صغير قليلًا|ليس بعد، سأجرّبه بعد القهوة]
   A: سأضيف {size} [ثم نعيد الاختبار|ونرى|وأرسل لك صورة] يوم {n=2-20}/7`,
  `#ar
   A: [صباح الخير جميعًا ☀️|مساء الخير يا فريق|السلام عليكم]، [اليوم سأعمل على|أنهيت للتو|أرسلت ملاحظات] {ascreen} و{apart}`,
  `#ar,en
   A: Mixed text check on {screen}: «{ascreen}» then {code} then [رقم|نسخة] {n=2-90}.{k=0-9} [renders in the right order now|still jumps to the wrong side|is fine in the bubble, wrong in the preview]
   B: [Isolate each run|dir="auto" on the bubble|Did you try with {longname}?]
   A: {*aack}`,
  `#en,en,zh
   A: [Random question|Off topic]: [what does everybody listen to while working|what's playing in your headphones|music or silence for deep work]?
   B: [Rain sounds|The dishwasher|Silence. Pure silence|Whatever {C} hums|Depends on {screen}]
   C: [白噪音|老歌,单曲循环第 {n=3-60} 遍|看情况 😂|雨声 + 键盘声]
   A: {*emoji}`,
  `#en,zh,en
   A: [Release check|Before we ship {screen}], please tick yours:¶☐ {part}: @B¶☐ {p=part}: @C¶☐ strings (zh, en, ar)¶☐ screenshots on {device}
   B: [我的好了 ✅|✅ 顺手把{zpart}也修了|{zwhen}前给]
   C: [✅|✅ with one doubt: {p} {flaw}|Mine is done, {device} too]
   A: [Shipping {when} 🚢|Then it's a go|All green 💚]`,
  `#zh,en,zh
   A: [好消息:|快讯!]{zscreen}[加载|首屏]从 {n=21-38}00ms 降到 {k=4-11}00ms
   B: [What?! How?|Whoa 🚀|That's {praise}]
   A: [懒加载 + 少发 {m=3-9} 个请求|删了{zpart}里没人用的代码|图片换格式了,就这么简单]
   C: {*zack}`,
  `#en,zh
   A: Thanks for [the help with {screen}|staying late for {part}|the explanation], @B [非常感谢|谢谢你|你太好了]!
   B: [客气啥 😄|应该的|下次请我吃{zfood}|Your Chinese is getting good!]`,
  `#zh,en
   A: [我发现|今天学到:]{code} [可以解决{zpart}那个问题|居然所有浏览器都支持了|比我们自己写的强]
   B: [Wait, really?|I wrote {n=20-90} lines for that last {day}.|TIL. Does it work on {device}?]
   A: [真的,删了 {k=20-90} 行|试过了,没问题|你看 {url}]
   B: {*ack}`,
  `#en,en
   A: Photo from {place}: [good light today|had to share|the view during my call about {screen}]
   A: !
   B: {*emoji}`,
]

/** Words that only these exchanges need. */
export const reviewPhrasesMixed = {
  day: ['Monday', 'Tuesday', 'week', 'month', 'Friday'],
}
