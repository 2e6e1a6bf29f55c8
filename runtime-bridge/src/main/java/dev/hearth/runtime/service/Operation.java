package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;

/** What answers the calls of one operation of the API. */
@FunctionalInterface
interface Operation {
  HttpResponse run(ApiCall call) throws ApiException;
}
