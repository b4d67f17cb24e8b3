import { serve } from "../../tools/serve.mjs";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/browser.mjs";
const site = await serve({ folder: "/tmp/dist-user", base: "/perennial/" });
const browser = await chromium.launch(launchOptions);
const ctx=await browser.newContext({viewport:{width:1440,height:900},serviceWorkers:"block"});
const page=await ctx.newPage(); page.on("pageerror",e=>console.log("PAGEERROR",e.message));
const foc=()=>page.evaluate(()=>{const e=document.activeElement;const r=e.getBoundingClientRect();const c=getComputedStyle(e);return `${e.tagName}.${(e.className+"").slice(0,20)} "${(e.innerText||e.ariaLabel||e.value||"").slice(0,40).replace(/\n/g,"|")}" y=${Math.round(r.y)} out=${c.outlineStyle} ${c.outlineWidth}`});
const tabs=async n=>{for(let i=0;i<n;i++){await page.keyboard.press("Tab");console.log("  ",await foc());}};
await page.goto(site.address); await page.waitForFunction(()=>window.perennial && !document.getElementById("first-paint"));
console.log("START"); await tabs(10);
await page.getByTestId("sample").focus(); await page.keyboard.press("Enter");
await page.waitForFunction(()=>document.documentElement.dataset.state==="ready");
console.log("after sample", page.url(), await foc()); await tabs(34);
const go=async h=>{await page.evaluate(h=>location.hash=h,h); await page.locator("main .finding").first().waitFor({timeout:20000}); await page.waitForTimeout(600);};
await go("#/customers"); await page.evaluate(()=>scrollTo(0,700)); 
const l=page.locator('main a[href^="#/customers/"]').nth(20); await l.focus(); await page.keyboard.press("Enter"); await page.waitForTimeout(1500);
console.log("customer", page.url(), await foc(), "scroll",await page.evaluate(()=>scrollY));
await page.goBack(); await page.waitForTimeout(1500); console.log("back", page.url(), await foc(), "scroll",await page.evaluate(()=>scrollY));
// search then open then back
await page.locator('main input[type=search], main input').first().fill("C10"); await page.waitForTimeout(800);
console.log("rows:", await page.locator("main").getByText(/Rows 1/).allInnerTexts());
await page.locator('main a[href^="#/customers/"]').first().click(); await page.waitForTimeout(1000); await page.goBack(); await page.waitForTimeout(1000);
console.log("search kept:", await page.locator('main input').first().inputValue(), page.url());
// next page + back
await page.locator('main input').first().fill(""); await page.waitForTimeout(500); await page.getByRole("button",{name:"Next"}).click(); await page.waitForTimeout(500);
console.log(await page.locator("main").getByText(/^Rows/).allInnerTexts(), page.url());
await page.locator('main a[href^="#/customers/"]').first().click(); await page.waitForTimeout(900); await page.goBack(); await page.waitForTimeout(900);
console.log("after back", await page.locator("main").getByText(/^Rows/).allInnerTexts());
// filter: Category, then What to do next action etc.
await go("#/overview");
for (const n of ["Write to 302","Give new customers"]) { await page.getByRole("link",{name:n}).or(page.getByRole("button",{name:n})).first().click(); await page.waitForTimeout(1200); console.log(n,"->",page.url(), (await page.locator("main h1, main .finding").allInnerTexts()).join(" | ").slice(0,200)); await page.goBack(); await page.waitForTimeout(900); console.log("back to",page.url()); }
const sel=page.locator("main select").first(); await sel.selectOption({index:1}); await page.waitForTimeout(1500); console.log("last12", page.url(), await page.locator("main .finding").first().innerText(), (await page.locator(".figures").first().innerText()).replace(/\n/g," | "));
await page.screenshot({path:"/tmp/user/last12.png",fullPage:true});
await page.goBack(); await page.waitForTimeout(1200); console.log("back after filter:", page.url(), await page.locator("main select").first().inputValue());
await go("#/overview");
await page.keyboard.press("?"); await page.waitForTimeout(500); await page.screenshot({path:"/tmp/user/keys.png"}); console.log("dialog focus",await foc()); await page.keyboard.press("Escape"); await page.waitForTimeout(300); console.log("after esc",await foc());
await page.getByRole("button",{name:"Save or export"}).first().click(); await page.waitForTimeout(400); await page.screenshot({path:"/tmp/user/save.png"}); await page.keyboard.press("Escape"); await page.waitForTimeout(300); console.log("esc save",await foc());
await go("#/customers/C1271"); await page.screenshot({path:"/tmp/user/cust2.png",fullPage:true});
for (const h of ["#/nonsense","#/customers/NOPE"]) { await page.evaluate(h=>location.hash=h,h); await page.waitForTimeout(900); console.log(h, page.url(), (await page.locator("main").innerText()).slice(0,300).replace(/\n+/g," | ")); }
await page.reload(); await page.waitForTimeout(1500); console.log("reload", page.url(), (await page.locator("body").innerText()).slice(0,300).replace(/\n+/g," | "));
// risk: 'Write to first 10', margin effect
await browser.close(); await site.close();
