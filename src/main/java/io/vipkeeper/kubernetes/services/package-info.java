/** Services and their endpoints as an API server shows them, and what is written back about them. */
package io.vipkeeper.kubernetes.services;
