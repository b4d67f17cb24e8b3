//! Customers who have brought others.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::table::Region;
use crate::page::route::View;
use crate::words::referrals::Row;

/// A list of them under a heading; nothing where it is empty.
pub fn referrers(id: &'static str, heading: &'static str, rows: Kept<Vec<Row>>) -> AnyView {
    let control = Control::use_here();
    let row = move |row: Row| {
        let Row { number, customer, brought, value, own, chain } = row;
        view! {
            <tr>
                <th scope="row">
                    <a href=live::text(move || control.route_of(View::Customer(number)).hash())>{customer}</a>
                </th>
                <td class="num" data-l="Brought"><span>{brought}</span></td>
                <td class="num" data-l="Those brought in"><span>{value}</span></td>
                <td class="num" data-l="Own purchases"><span>{own}</span></td>
                <td class="num" data-l="Whole chain"><span>{chain}</span></td>
            </tr>
        }
        .into_any()
    };
    live::part(move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            view! {
                <section aria-labelledby=id class="stack">
                    <h2 class="h2" id=id>{heading}</h2>
                    <Region label=Signal::stored(format!("Table: {heading}"))>
                        <table class="cards-s">
                            <thead>
                                <tr>
                                    <th scope="col">"Customer"</th>
                                    <th scope="col" class="num">"Brought"</th>
                                    <th scope="col" class="num">"Those brought in"</th>
                                    <th scope="col" class="num">"Own purchases"</th>
                                    <th scope="col" class="num">"Whole chain"</th>
                                </tr>
                            </thead>
                            <tbody>{rows.into_iter().map(row).collect::<Vec<_>>()}</tbody>
                        </table>
                    </Region>
                </section>
            }
            .into_any()
        })
    })
}
