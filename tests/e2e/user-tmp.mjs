import { serve } from "../../tools/serve.mjs";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/browser.mjs";
import { views } from "./support/app.mjs";
import { writeFileSync, mkdirSync } from "node:fs";
const site = await serve({ folder: "/tmp/dist-user", base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
const I="/tmp/user/in/";
const all={sample:null,cdnow:["/work/main/tests/fixtures/cdnow_sample_log.csv"],stall:[I+"stall.csv"],subs:[I+"subs.csv"],survey:[I+"survey.csv"],broken:[I+"broken.csv"],empty:[I+"empty.csv"],head:[I+"head.csv"],half:[I+"half.csv"]};
const want=(process.argv[2]||Object.keys(all).join()).split(",");
const combos=(process.argv[3]||"1440-light,390-light,1440-dark,390-dark").split(",");
for (const name of want) for (const [ci,combo] of combos.entries()) {
  const [w,scheme]=combo.split("-");
  const dir=`/tmp/user/${name}/`; mkdirSync(dir,{recursive:true});
  const ctx=await browser.newContext({viewport:{width:+w,height:w>500?900:844},colorScheme:scheme,hasTouch:w<500,serviceWorkers:"block"});
  const page=await ctx.newPage(); let text="";
  page.on("pageerror",e=>console.log(name,combo,"PAGEERROR",e.message));
  page.on("console",m=>m.type()==="error"&&console.log(name,combo,"CONSOLE",m.text()));
  await page.goto(site.address);
  await page.waitForFunction(()=>window.perennial && !document.getElementById("first-paint"));
  const shot=async n=>{ await page.waitForTimeout(250);
    await page.screenshot({path:`${dir}${n}-${combo}.png`,fullPage:true});
    text+=`\n\n######## ${n}\n`+await page.locator("body").innerText();
    const o=await page.evaluate(()=>{const r=[];const W=document.documentElement.clientWidth;if(document.documentElement.scrollWidth>W)r.push("PAGE WIDER "+document.documentElement.scrollWidth);return r;});
    if(o.length)console.log(name,combo,n,o.join()); };
  try {
  if(ci==0) await shot("start");
  if(all[name]===null) await page.getByTestId("sample").click();
  else { await page.getByTestId("file-input").setInputFiles(all[name]);
    await page.waitForFunction(()=>document.documentElement.dataset.state!=="empty"&&document.documentElement.dataset.state!=="reading",null,{timeout:15000}).catch(()=>{});
    await page.waitForTimeout(800);
    await shot("review");
    const a=page.getByTestId("analyse");
    if(!(await a.isVisible())||!(await a.isEnabled())){console.log(name,combo,"no analyse; state",await page.evaluate(()=>document.documentElement.dataset.state)); writeFileSync(`${dir}text-${combo}.txt`,text); await ctx.close(); continue;}
    await a.click(); }
  await page.waitForFunction(()=>document.documentElement.dataset.state==="ready",null,{timeout:30000});
  for(const v of views){ const before=text.length;
    await page.evaluate(h=>location.hash=h,`#/${v}`);
    await page.locator("main h1").waitFor({timeout:5000}).catch(()=>console.log(name,v,"no h1"));
    await page.locator("main .finding").first().waitFor({timeout:["forecast","risk","models","value","customers"].includes(v)?30000:4000}).catch(()=>console.log(name,v,"no finding; hash",page.url()));
    await shot(v); }
  await page.evaluate(()=>location.hash="#/customers"); await page.waitForTimeout(500);
  const l=page.locator('main a[href^="#/customers/"]').first();
  if(await l.count()){ await page.evaluate(h=>location.hash=h,await l.getAttribute("href")); await page.waitForTimeout(1200); await shot("customer"); }
  } catch(e){console.log(name,combo,"ERR",e.message.slice(0,300));}
  writeFileSync(`${dir}text-${combo}.txt`,text);
  await ctx.close();
}
await browser.close(); await site.close();
