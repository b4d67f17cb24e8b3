//! The models with their parameters and what has to be known about each.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::table::Region;
use crate::words::models as words;

/// A model: name, what it says of people, parameters, customers and repeat buyers, likelihood, notes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    name: &'static str,
    says: &'static str,
    parameters: Vec<(String, String)>,
    customers: String,
    likelihood: String,
    notes: Vec<&'static str>,
}

/// All models.
pub fn fits() -> AnyView {
    let section = Control::use_here().results.sections.models;
    let rows = section.kept(|told, _, format| {
        let row = |(name, says, fit): (&'static str, &'static str, &crate::report::models::ModelFit)| Row {
            name,
            says,
            parameters: words::parameters(fit, format),
            customers: words::customers(fit, &told.models, format),
            likelihood: fit.log_likelihood.map_or("–".to_owned(), |value| format.number(value, 1)),
            notes: fit.notes.iter().map(|note| words::note(*note)).collect(),
        };
        words::fits(&told.models).into_iter().map(row).collect::<Vec<Row>>()
    });
    let any = move || rows.with(|rows| !rows.is_empty());
    live::when(any, move || {
        view! {
            <section aria-labelledby="h-fits" class="stack">
                <h2 class="h2" id="h-fits">"The models as they were fitted"</h2>
                <p class="note">
                    "Times are in days, money in your currency; behind ± stands the standard error, in brackets the 90% interval, which stands alone where no single value can be told. Each was fitted by maximum likelihood to all customers of the selection, from their first purchase on."
                </p>
                <Region label=Signal::stored("Models and their parameters".to_owned())>
                    <table class="cards-s">
                        <thead>
                            <tr>
                                <th scope="col">"Model"</th>
                                <th scope="col">"Parameters"</th>
                                <th scope="col">"Customers"</th>
                                <th scope="col" class="num">"Log-likelihood"</th>
                                <th scope="col">"To know"</th>
                            </tr>
                        </thead>
                        <tbody>{live::part(move || rows.get().into_iter().map(line).collect::<Vec<_>>())}</tbody>
                    </table>
                </Region>
            </section>
        }
    })
}

fn line(row: Row) -> AnyView {
    let parameter = |(name, value): (String, String)| view! { <div class="nowrap">{name} " " {value}</div> }.into_any();
    let parameters: Vec<AnyView> = row.parameters.into_iter().map(parameter).collect();
    let parameters = if parameters.is_empty() { vec!["–".into_any()] } else { parameters };
    let notes: Vec<AnyView> = row.notes.into_iter().map(|note| view! { <div>{note}</div> }.into_any()).collect();
    let notes = if notes.is_empty() { vec!["–".into_any()] } else { notes };
    view! {
        <tr>
            <th scope="row">
                {row.name}
                <br/>
                <small class="soft">{row.says}</small>
            </th>
            <td data-l="Parameters">
                <span>{parameters}</span>
            </td>
            <td data-l="Customers">
                <span>{row.customers}</span>
            </td>
            <td class="num" data-l="Log-likelihood">
                <span>{row.likelihood}</span>
            </td>
            <td data-l="To know">
                <span>{notes}</span>
            </td>
        </tr>
    }
    .into_any()
}
